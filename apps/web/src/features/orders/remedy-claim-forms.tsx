import { NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { Button, ErrorBar, formatTime } from '@orderwatch/ui';
import { useState, type ReactNode } from 'react';
import type { ClaimKind } from '../../gql';
import { Dialog } from '../../shared/dialog';
import { money } from '../../shared/format';
import { useText } from '../../shared/i18n';
import { evidenceChoices } from '../../shared/remedies/evidence';
import { digitsOf, minorText, toMinor } from '../../shared/remedies/minor';
import type { Order } from './api';
import { useClaimAct, type Claim, type Step } from './remedy-claims-api';

const kinds: readonly ClaimKind[] = ['lost', 'damaged', 'contents_missing', 'late'];
const noMotion = { transitionProps: { duration: 0 } };
const WIDTH = 560;

interface FrameProps {
  title: string;
  action: string;
  /** Why it cannot be sent yet. */
  missing: string | undefined;
  refusal: string | undefined;
  onDone: () => void;
  onClose: () => void;
  children: ReactNode;
}

const Frame = ({ title, action, missing, refusal, onDone, onClose, children }: FrameProps) => {
  const t = useText();
  return (
    <Dialog title={title} size={WIDTH} onClose={onClose}>
      <div
        className="rm-claim"
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && missing === undefined) onDone();
        }}
      >
        {refusal ? <ErrorBar>{refusal}</ErrorBar> : null}
        {children}
        <footer>
          {missing ? <small className="ow-dim">{missing}</small> : null}
          <span className="ow-spacer" />
          <Button onClick={onClose}>{t('remedies:form.cancel')}</Button>
          <Button variant="primary" kbd="Ctrl ↵" disabled={missing !== undefined} reason={missing} onClick={onDone}>
            {action}
          </Button>
        </footer>
      </div>
    </Dialog>
  );
};

interface AmountProps {
  label: string;
  currency: string;
  value: string;
  onChange: (value: string) => void;
}

const Amount = ({ label, currency, value, onChange }: AmountProps) => (
  <NumberInput label={label} value={value} onChange={(next) => onChange(String(next))} decimalScale={digitsOf(currency)} fixedDecimalScale min={0} hideControls allowNegative={false} />
);

/** The last instant of that day where the person is. */
const endOfDay = (day: string): string => new Date(`${day}T23:59:59`).toISOString();

const firstOf = (...reasons: readonly (string | undefined)[]): string | undefined => reasons.find((each) => each !== undefined);

/** The only parcel, or the only one that is in trouble; where there is no such, one has to choose. */
const likelyParcel = ({ parcels }: Order): string | null => {
  const inTrouble = parcels.filter(({ status, problem }) => status === 'lost' || problem !== null);
  const [only, ...others] = inTrouble.length > 0 ? inTrouble : parcels;
  return only && others.length === 0 ? only.id : null;
};

/** What the carrier is asked for, and why. It is not sent to them from here: somebody files it, and comes back with their number. */
export const OpenClaimForm = ({ order, onClose }: { order: Order; onClose: () => void }) => {
  const t = useText();
  const currency = order.total?.currency ?? order.refundable?.currency ?? 'EUR';
  const [parcelId, setParcelId] = useState(likelyParcel(order));
  const [kind, setKind] = useState<ClaimKind | null>(null);
  const [amount, setAmount] = useState(order.total ? minorText(order.total.minor, digitsOf(currency)) : '');
  const [note, setNote] = useState('');
  /** A day as the field writes it, "2026-11-30"; empty: not looked up. */
  const [until, setUntil] = useState('');
  const { run, isBusy, refusal } = useClaimAct(order.id, onClose);
  const minor = toMinor(amount, digitsOf(currency)) ?? 0;
  const parcel = order.parcels.find(({ id }) => id === parcelId);
  const missing = firstOf(
    isBusy ? t('remedies:form.sending') : undefined,
    parcelId === null ? t('remedies:claim.form.parcelFirst') : undefined,
    kind === null ? t('remedies:claim.form.kindFirst') : undefined,
    minor > 0 ? undefined : t('remedies:claim.form.amountFirst'),
    note.trim() === '' ? t('remedies:claim.form.noteFirst') : undefined,
  );
  const done = (): void => {
    if (parcelId !== null && kind !== null) run({ kind: 'open', input: { orderId: order.id, parcelId, kind, askedMinor: minor, currency, note: note.trim(), ...(until === '' ? {} : { deadline: endOfDay(until) }) } });
  };
  return (
    <Frame title={t('remedies:claim.form.title', { name: order.name })} action={t('remedies:claim.form.open', { amount: money({ minor, currency }) })} missing={missing} refusal={refusal} onDone={done} onClose={onClose}>
      <Select
        label={t('remedies:claim.form.parcel')}
        placeholder={t('remedies:form.choose')}
        data={order.parcels.map(({ id, label, number, statusLabel }) => ({ value: id, label: [label, number, statusLabel].filter(Boolean).join(' · ') }))}
        value={parcelId}
        onChange={setParcelId}
        allowDeselect={false}
        comboboxProps={noMotion}
        data-autofocus
      />
      {parcel?.lastMovementAt ? <p className="ow-dim ow-small">{t('remedies:claim.form.lastScan', { when: formatTime(parcel.lastMovementAt, 'minute') })}</p> : null}
      <Select label={t('remedies:claim.form.kind')} placeholder={t('remedies:form.choose')} data={kinds.map((value) => ({ value, label: t(`remedies:claim.kind.${value}`) }))} value={kind} onChange={(value) => setKind(value as ClaimKind | null)} allowDeselect={false} comboboxProps={noMotion} />
      <Amount label={t('remedies:claim.form.amount', { currency })} currency={currency} value={amount} onChange={setAmount} />
      <Textarea label={t('remedies:claim.form.note')} autosize minRows={2} maxRows={5} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
      <TextInput type="date" label={t('remedies:claim.form.deadline')} description={t('remedies:claim.form.deadlineMeans')} value={until} onChange={(event) => setUntil(event.currentTarget.value)} />
      <p className="ow-dim ow-small">{t('remedies:claim.form.means')}</p>
    </Frame>
  );
};

interface MoveProps {
  order: Order;
  claim: Claim;
  to: Step;
  onClose: () => void;
}

/** The next step, by what was done or what the carrier said: submitted needs their number and proof, a credit its amount, a no its reason. */
export const MoveClaimForm = ({ order, claim, to, onClose }: MoveProps) => {
  const t = useText();
  const { currency } = claim.asked;
  const [{ choices, checked }] = useState(() => evidenceChoices(order.timeline));
  const [reference, setReference] = useState('');
  const [proofs, setProofs] = useState<readonly string[]>(checked);
  const [amount, setAmount] = useState(minorText(claim.asked.minor, digitsOf(currency)));
  const [reason, setReason] = useState('');
  const { run, isBusy, refusal } = useClaimAct(order.id, onClose);
  const minor = toMinor(amount, digitsOf(currency)) ?? 0;
  const isGivenUp = claim.state === 'open' && to === 'rejected';
  const missing = firstOf(
    isBusy ? t('remedies:form.sending') : undefined,
    to === 'submitted' && reference.trim() === '' ? t('remedies:claim.form.referenceFirst') : undefined,
    to === 'submitted' && proofs.length === 0 ? t('remedies:claim.form.proofFirst') : undefined,
    to === 'credited' && minor <= 0 ? t('remedies:claim.form.amountFirst') : undefined,
    to === 'rejected' && reason.trim() === '' ? t('remedies:claim.form.reasonFirst') : undefined,
  );
  const more = to === 'submitted' ? { reference: reference.trim(), evidenceFactIds: [...proofs] } : to === 'credited' ? { amountMinor: minor, currency } : to === 'rejected' ? { reason: reason.trim() } : {};
  const done = (): void => run({ kind: 'move', input: { id: claim.id, expectedVersion: claim.version, to, ...more } });
  const flip = (id: string): void => setProofs(proofs.includes(id) ? proofs.filter((each) => each !== id) : [...proofs, id]);
  return (
    <Frame title={t(isGivenUp ? 'remedies:claim.form.give_up' : `remedies:claim.form.to.${to}`, { number: claim.number })} action={t(isGivenUp ? 'remedies:claim.form.now.give_up' : `remedies:claim.form.now.${to}`)} missing={missing} refusal={refusal} onDone={done} onClose={onClose}>
      {to === 'submitted' ? (
        <>
          <TextInput label={t('remedies:claim.form.reference')} maxLength={200} value={reference} onChange={(event) => setReference(event.currentTarget.value)} data-autofocus />
          <fieldset>
            <legend>{t('remedies:claim.form.proof')}</legend>
            {choices.map((choice) => (
              <label key={choice.factId} className="rm-fact">
                <input type="checkbox" checked={proofs.includes(choice.factId)} onChange={() => flip(choice.factId)} />
                <span translate="no">
                  {choice.text}
                  <small>{[choice.source, choice.at ? formatTime(choice.at, 'minute') : undefined].filter(Boolean).join(' · ')}</small>
                </span>
              </label>
            ))}
            {choices.length === 0 ? <span className="ow-dim">{t('remedies:form.noFacts')}</span> : null}
          </fieldset>
        </>
      ) : null}
      {to === 'credited' ? <Amount label={t('remedies:claim.form.credited', { currency })} currency={currency} value={amount} onChange={setAmount} /> : null}
      {to === 'rejected' ? <Textarea label={t(isGivenUp ? 'remedies:claim.form.whyNot' : 'remedies:claim.form.refusal')} autosize minRows={2} maxRows={5} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus /> : null}
    </Frame>
  );
};
