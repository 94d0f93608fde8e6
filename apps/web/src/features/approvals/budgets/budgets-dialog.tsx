import { NumberInput, Select, TextInput } from '@mantine/core';
import { AbsoluteTime, Button, ErrorBar } from '@orderwatch/ui';
import { useState } from 'react';
import type { RemedyKind } from '../../../gql';
import { Dialog } from '../../../shared/dialog';
import { money } from '../../../shared/format';
import { useText } from '../../../shared/i18n';
import { reasonCodeOf, reasonCodes } from '../../../shared/remedies/draft';
import { digitsOf, toMinor } from '../../../shared/remedies/minor';
import { SignInAgain } from '../decide/sign-in-again';
import { useManagerAct, type Cohort } from '../stand-ins/stand-in-api';

interface BudgetsDialogProps {
  cohorts: readonly Cohort[];
  /** Of the orders at hand, the most likely first. */
  currencies: readonly string[];
  onClose: () => void;
}

const kinds: readonly RemedyKind[] = ['reship', 'refund', 'credit'];
const noMotion = { transitionProps: { duration: 0 } };
const WIDTH = 640;
const DAY = 86_400_000;

const Row = ({ cohort }: { cohort: Cohort }) => {
  const t = useText();
  const [asking, setAsking] = useState<'raise' | 'close' | null>(null);
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('');
  const act = useManagerAct(() => setAsking(null));
  const { currency } = cohort.budget;
  const minor = toMinor(amount, digitsOf(currency)) ?? 0;
  const bar = (action: string): string | undefined => {
    const rule = cohort.allowedActions.find((each) => each.action === action);
    return rule?.allowed ? undefined : (rule?.why ?? t('approvals:bar.notYours'));
  };
  const missing = act.isBusy ? t('approvals:act.sending') : reason.trim() === '' ? t('approvals:cohort.reasonFirst') : asking === 'raise' && minor <= cohort.budget.minor ? t('approvals:cohort.moreFirst', { budget: money(cohort.budget) }) : undefined;
  const done = (): void => act.run(asking === 'raise' ? { kind: 'cohort.raise', cohort, budgetMinor: minor, reason: reason.trim() } : { kind: 'cohort.close', cohort, reason: reason.trim() });
  return (
    <li>
      <div>
        <b translate="no">{cohort.sentence}</b>
        <small>
          {t(`approvals:kind.${cohort.kind}`)} · {t(`remedies:reason.${reasonCodeOf(cohort.reasonCode)}`)} · {t('approvals:cohort.by', { name: cohort.createdBy.name })} · {t('approvals:cohort.until')} <AbsoluteTime at={cohort.until} />
        </small>
        {cohort.waiting > 0 ? <small>{t('approvals:cohort.waiting', { count: cohort.waiting, amount: money(cohort.waitingAmount) })}</small> : null}
      </div>
      {cohort.open && asking === null ? (
        <p>
          {(['raise', 'close'] as const).map((kind) => (
            <Button key={kind} compact disabled={bar(kind) !== undefined} reason={bar(kind)} onClick={() => setAsking(kind)}>
              {t(`approvals:cohort.${kind}`)}
            </Button>
          ))}
        </p>
      ) : null}
      {asking ? (
        <div className="ap-arrange">
          {act.refusal ? <ErrorBar>{act.refusal}</ErrorBar> : null}
          {asking === 'raise' ? <NumberInput label={t('approvals:cohort.newBudget', { currency })} value={amount} onChange={(next) => setAmount(String(next))} decimalScale={digitsOf(currency)} fixedDecimalScale min={0} hideControls allowNegative={false} autoFocus /> : null}
          <TextInput label={t('approvals:cohort.reason')} value={reason} onChange={(event) => setReason(event.currentTarget.value)} autoFocus={asking === 'close'} />
          <footer>
            {missing ? <small className="ow-dim">{missing}</small> : null}
            <span className="ow-spacer" />
            <Button onClick={() => setAsking(null)}>{t('approvals:act.notNow')}</Button>
            <Button variant="primary" disabled={missing !== undefined} reason={missing} onClick={done}>
              {t(`approvals:cohort.now.${asking}`)}
            </Button>
          </footer>
        </div>
      ) : null}
      {act.needsSignIn === null ? null : <SignInAgain why={act.needsSignIn} onDone={act.closeSignIn} onClose={act.closeSignIn} />}
    </li>
  );
};

const NewBudget = ({ currencies, onClose }: Pick<BudgetsDialogProps, 'currencies' | 'onClose'>) => {
  const t = useText();
  const [currency, setCurrency] = useState(currencies[0] ?? 'EUR');
  const [cause, setCause] = useState('');
  const [kind, setKind] = useState<RemedyKind>('reship');
  const [reasonCode, setReasonCode] = useState<string>('lost');
  const [amount, setAmount] = useState('');
  const [until, setUntil] = useState(() => new Date(Date.now() + 14 * DAY).toISOString().slice(0, 10));
  const act = useManagerAct(onClose);
  const minor = toMinor(amount, digitsOf(currency)) ?? 0;
  const end = Date.parse(`${until}T23:59:59Z`);
  const missing = act.isBusy ? t('approvals:act.sending') : cause.trim() === '' ? t('approvals:cohort.causeFirst') : minor <= 0 ? t('approvals:cohort.budgetFirst') : Number.isNaN(end) ? t('approvals:cohort.untilFirst') : undefined;
  return (
    <div className="ap-arrange">
      {act.refusal ? <ErrorBar>{act.refusal}</ErrorBar> : null}
      <TextInput label={t('approvals:cohort.cause')} placeholder={t('approvals:cohort.causeLike')} value={cause} onChange={(event) => setCause(event.currentTarget.value)} data-autofocus />
      <div className="ap-pair">
        <Select label={t('approvals:cohort.kind')} data={kinds.map((value) => ({ value, label: t(`approvals:kind.${value}`) }))} value={kind} onChange={(value) => setKind(kinds.find((each) => each === value) ?? kind)} allowDeselect={false} comboboxProps={noMotion} />
        <Select label={t('remedies:form.reason')} data={reasonCodes.map((value) => ({ value, label: t(`remedies:reason.${value}`) }))} value={reasonCode} onChange={(value) => setReasonCode(value ?? reasonCode)} allowDeselect={false} comboboxProps={noMotion} />
      </div>
      <div className="ap-pair">
        <NumberInput label={t('approvals:cohort.budget', { currency })} value={amount} onChange={(next) => setAmount(String(next))} decimalScale={digitsOf(currency)} fixedDecimalScale min={0} hideControls allowNegative={false} />
        <Select label={t('approvals:cohort.currency')} data={currencies} value={currency} onChange={(value) => setCurrency(value ?? currency)} allowDeselect={false} comboboxProps={noMotion} />
        <TextInput type="date" label={t('approvals:cohort.lasts')} value={until} onChange={(event) => setUntil(event.currentTarget.value)} />
      </div>
      <footer>
        {missing ? <small className="ow-dim">{missing}</small> : null}
        <span className="ow-spacer" />
        <Button onClick={onClose}>{t('approvals:act.notNow')}</Button>
        <Button variant="primary" disabled={missing !== undefined} reason={missing} onClick={() => act.run({ kind: 'cohort.create', input: { cause: cause.trim(), kind, reasonCode, budgetMinor: minor, currency, until: new Date(end).toISOString() } })}>
          {t('approvals:cohort.make', { budget: money({ minor, currency }) })}
        </Button>
      </footer>
      {act.needsSignIn === null ? null : <SignInAgain why={act.needsSignIn} onDone={act.closeSignIn} onClose={act.closeSignIn} />}
    </div>
  );
};

/** Many remedies of one cause, decided with one budget in sight: a storm, a lost truck, a bad batch. */
export const BudgetsDialog = ({ cohorts, currencies, onClose }: BudgetsDialogProps) => {
  const t = useText();
  const [isNew, setNew] = useState(false);
  return (
    <Dialog title={t('approvals:cohort.title')} size={WIDTH} onClose={onClose}>
      {cohorts.length === 0 ? <p className="ow-dim">{t('approvals:cohort.none')}</p> : null}
      <ul className="ap-arranged">
        {cohorts.map((cohort) => (
          <Row key={cohort.id} cohort={cohort} />
        ))}
      </ul>
      {isNew ? <NewBudget currencies={currencies} onClose={() => setNew(false)} /> : <Button onClick={() => setNew(true)}>{t('approvals:cohort.new')}</Button>}
    </Dialog>
  );
};
