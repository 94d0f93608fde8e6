import { Modal, NumberInput, Select, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Button, ErrorBar, formatTime, Verdict, type VerdictKind } from '@orderwatch/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ProposeRemedyDocument, type RemedyKind } from '../../gql';
import { announce } from '../../shared/announce';
import { money } from '../../shared/format';
import { execute, newMutationId } from '../../shared/graphql';
import { queryKeys } from '../../shared/query-keys';
import { previewQuery, type Order } from './api';
import { evidenceChoices } from './evidence';

interface ProposeDialogProps {
  order: Order;
  kind: RemedyKind;
  onClose: () => void;
}

const reasons = [
  { value: 'not_received', label: 'Not received' },
  { value: 'lost', label: 'Lost by the carrier' },
  { value: 'damaged', label: 'Damaged' },
  { value: 'missing_item', label: 'Something was missing' },
  { value: 'late', label: 'Too late' },
  { value: 'returned', label: 'Came back to us' },
  { value: 'other', label: 'Another reason' },
];

const verdicts: Readonly<Record<string, VerdictKind>> = { pass: 'pass', fail: 'fail', unknown: 'unknown' };

const digitsOf = (currency: string): number => new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** Text to minor units without a float between: "129", "129.5" and "129.50". */
const toMinor = (value: string | number, digits: number): number | null => {
  const [whole = '', part = ''] = String(value).trim().split('.');
  if (!/^\d+$/.test(whole) || !/^\d*$/.test(part) || part.length > digits) return null;
  return Number(whole + part.padEnd(digits, '0'));
};

/** Asks for money or goods: what, how much, why; the policy answers before the click. Nothing is carried out here. */
export const ProposeDialog = ({ order, kind, onClose }: ProposeDialogProps) => {
  const client = useQueryClient();
  const [mutationId] = useState(newMutationId);
  const currency = order.refundable?.currency ?? order.total?.currency ?? 'EUR';
  const digits = digitsOf(currency);
  const most = order.refundable?.minor ?? order.total?.minor ?? 0;
  const [amount, setAmount] = useState<string | number>(most > 0 ? (Math.round(most) / 10 ** digits).toFixed(digits) : '');
  const [reasonCode, setReasonCode] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [evidence] = useState(() => evidenceChoices(order.timeline));
  const [factIds, setFactIds] = useState<readonly string[]>(evidence.checked);
  const [lineIds, setLineIds] = useState<readonly string[]>(order.lines.map((line) => line.id));
  const amountMinor = kind === 'refund' ? toMinor(amount, digits) : null;
  const lines = kind === 'reship' ? order.lines.filter((line) => lineIds.includes(line.id)).map((line) => ({ lineId: line.id, quantity: line.quantity ?? 1 })) : null;
  const [wish] = useDebouncedValue({ orderId: order.id, kind, amountMinor, lines }, 250);
  const isAskable = kind === 'reship' ? (lines?.length ?? 0) > 0 : amountMinor !== null && amountMinor > 0;
  const preview = useQuery({ ...previewQuery(wish), enabled: isAskable });
  const propose = useMutation({
    mutationFn: async () =>
      (
        await execute(ProposeRemedyDocument, {
          input: { orderId: order.id, kind, amountMinor, currency: kind === 'refund' ? currency : null, lines, reasonCode: reasonCode ?? 'other', reason: reason.trim(), evidenceFactIds: [...factIds], expectedOrderVersion: order.version, mutationId },
        })
      ).proposeRemedy,
    onSuccess: async (result) => {
      if (result.__typename !== 'RemedyDone') return;
      announce(`${result.remedy.number} ${result.remedy.state === 'proposed' ? 'waits for approval' : 'is approved by policy'}`);
      await Promise.all([client.invalidateQueries({ queryKey: queryKeys.order(order.id) }), client.invalidateQueries({ queryKey: queryKeys.approvals }), client.invalidateQueries({ queryKey: queryKeys.counts })]);
      onClose();
    },
  });
  const refusal = propose.data && propose.data.__typename !== 'RemedyDone' ? (propose.data.__typename === 'NotAllowed' ? propose.data.reason : propose.data.message) : propose.error?.message;
  const what = kind === 'refund' ? `Refund ${amountMinor === null ? '' : money({ minor: amountMinor, currency })}` : `Reship ${lines?.length ?? 0} of ${order.lines.length} lines`;
  // The preview is asked without facts; how many there are is seen above.
  const checks = preview.data?.checks.filter((check) => check.name !== 'Evidence') ?? [];
  const isReady = isAskable && reasonCode !== null && reason.trim() !== '' && preview.data?.allowed !== false && !propose.isPending;
  const flip = (ids: readonly string[], id: string): string[] => (ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id]);
  return (
    <Modal opened onClose={onClose} title={`${kind === 'refund' ? 'Refund' : 'Reship'} for order ${order.name}`} centered size={500} transitionProps={{ duration: 0 }}>
      <div className="propose">
        {refusal ? <ErrorBar>{refusal}</ErrorBar> : null}
        {kind === 'refund' ? (
          <NumberInput
            label={`Amount, ${currency}`}
            description={order.refundable ? `Refundable now ${money(order.refundable)}` : undefined}
            value={amount}
            onChange={setAmount}
            decimalScale={digits}
            fixedDecimalScale
            min={0}
            hideControls
            allowNegative={false}
            data-autofocus
          />
        ) : (
          <fieldset>
            <legend>What to send again</legend>
            {order.lines.map((line) => (
              <label key={line.id}>
                <input type="checkbox" checked={lineIds.includes(line.id)} onChange={() => setLineIds(flip(lineIds, line.id))} /> {line.quantity ?? 1} × {line.title ?? line.sku ?? line.id}
              </label>
            ))}
            {order.lines.length === 0 ? <span className="ow-dim">The shop has named no lines.</span> : null}
          </fieldset>
        )}
        <Select label="Reason" placeholder="Choose" data={reasons} value={reasonCode} onChange={setReasonCode} allowDeselect={false} comboboxProps={{ transitionProps: { duration: 0 } }} />
        <Textarea label="In words, for whoever approves" autosize minRows={2} maxRows={5} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        {evidence.choices.length > 0 ? (
          <fieldset>
            <legend>Facts it rests on</legend>
            {evidence.choices.map((choice) => (
              <label key={choice.factId} className="propose-fact">
                <input type="checkbox" checked={factIds.includes(choice.factId)} onChange={() => setFactIds(flip(factIds, choice.factId))} />
                <span>
                  {choice.text}
                  <small>{[choice.source, choice.at ? formatTime(choice.at, 'minute') : undefined].filter(Boolean).join(' · ')}</small>
                </span>
              </label>
            ))}
          </fieldset>
        ) : null}
        {preview.data ? (
          <div className="propose-policy">
            <Verdict verdict={!preview.data.allowed ? 'no' : preview.data.needsApproval ? 'ask' : 'pass'}>
              {!preview.data.allowed ? 'Not allowed' : preview.data.needsApproval ? 'Needs approval' : 'You may'}
            </Verdict>
            <span className="ow-dim"> {preview.data.why}</span>
            <dl>
              {checks.map((check) => (
                <div key={check.name}>
                  <dt>{check.name}</dt>
                  <dd>
                    <Verdict verdict={verdicts[check.verdict] ?? 'unknown'} quiet>
                      {check.verdict}
                    </Verdict>
                  </dd>
                  <dd>{check.value}</dd>
                </div>
              ))}
            </dl>
          </div>
        ) : null}
        {preview.error ? <ErrorBar onRetry={() => void preview.refetch()}>The policy could not be asked: {preview.error.message}</ErrorBar> : null}
        <footer>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={!isReady} reason={reasonCode === null || reason.trim() === '' ? 'Give a reason first' : (preview.data?.why ?? 'Not possible')} onClick={() => propose.mutate()}>
            {preview.data?.needsApproval === false ? what : `Ask for approval: ${what}`}
          </Button>
        </footer>
      </div>
    </Modal>
  );
};
