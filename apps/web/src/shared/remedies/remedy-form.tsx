import './remedies.css';
import { NumberInput, Select, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Button, ErrorBar } from '@orderwatch/ui';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { keepDraft } from '../cases/drafts';
import { money } from '../format';
import { useText, type Translate } from '../i18n';
import { useLiveStatus } from '../live-status';
import { amountMinorOf, contentOf, isAskable, linesOf, movesMoney, reasonCodes, type Content, type Draft, type Subject } from './draft';
import { isAddressWhole, ownDelivery } from './delivery';
import { DeliveryFields } from './delivery-fields';
import { ExceptionField, type Exception } from './exception-field';
import { FactsField, LinesField } from './form-fields';
import { LedgerView } from './ledger-view';
import { digitsOf } from './minor';
import { policyResultQuery } from './policy-query';
import { precedentsQuery, type Precedents } from './precedents-query';
import { reshipBasisQuery } from './reship-query';
import { StockView } from './stock-view';
import { DuplicatesList, SimilarList, useSimilarCount } from './precedents-view';
import { PolicyView } from './policy-view';

interface RemedyFormProps {
  subject: Subject;
  /** The order's version now: with a newer one the policy is asked anew. */
  orderVersion: number;
  initial: Draft;
  /** Under which name the words are kept until they are sent. */
  draftKey: string;
  /** What the button says of it: "Ask for approval: Refund €12.50". */
  action: (what: string) => string;
  /** Under the other fields. */
  more?: ReactNode;
  refusal: string | undefined;
  isBusy: boolean;
  /** It can be asked that a rule is set aside; not when something that was asked for is edited. */
  canExcept?: boolean;
  /** What is edited, which is no example of itself. */
  remedyId?: string;
  /** Where a reship goes as it was asked for, when that is edited. */
  keptAddress?: readonly string[];
  onSubmit: (content: Content, exception: Exception | null) => void;
  onCancel: () => void;
}

const whatOf = (draft: Draft, subject: Subject, t: Translate): string => {
  if (subject.kind === 'reship') return t('remedies:form.what.reship', { count: linesOf(draft).reduce((sum, line) => sum + line.quantity, 0) });
  const minor = amountMinorOf(draft, subject);
  return minor === null ? t(`remedies:form.what.${subject.kind}Bare`) : t(`remedies:form.what.${subject.kind}`, { amount: money({ minor, currency: subject.currency }) });
};

/** What may be the same twice, and how the like was decided: before anybody is asked. */
const Past = ({ precedents }: { precedents: Precedents }) => {
  const t = useText();
  const count = useSimilarCount(precedents);
  return (
    <>
      {precedents.duplicates.length > 0 ? (
        <section aria-label={t('remedies:duplicate.title')}>
          <h3>{t('remedies:duplicate.title')}</h3>
          <DuplicatesList duplicates={precedents.duplicates} />
        </section>
      ) : null}
      {precedents.similar.length > 0 ? (
        <section aria-label={t('remedies:similar.title')}>
          <h3>
            {t('remedies:similar.title')} <small>{count}</small>
          </h3>
          <SimilarList similar={precedents.similar.slice(0, 3)} />
        </section>
      ) : null}
    </>
  );
};

/** What, how much and why; beside it what the policy says to exactly this, and what was made good before. Nothing is carried out here. */
export const RemedyForm = ({ subject, orderVersion, initial, draftKey, action, more, refusal, isBusy, canExcept = false, remedyId, keptAddress, onSubmit, onCancel }: RemedyFormProps) => {
  const t = useText();
  const isOffline = useLiveStatus().state === 'offline';
  const [draft, setDraft] = useState(initial);
  /** Why a rule should not hold; null: nobody asks for that. */
  const [plea, setPlea] = useState<string | null>(null);
  /** The rules that it is about, as the server named them. */
  const [setAside, setSetAside] = useState<string[]>([]);
  const { orderId, kind, currency, refundableMinor, totalMinor } = subject;
  const wish = { orderId, kind, amountMinor: amountMinorOf(draft, subject), lines: linesOf(draft), evidence: draft.factIds.length, evidenceFactIds: [...draft.factIds], reasonCode: draft.reasonCode, exceptionRules: plea === null ? null : setAside };
  // As a text: the object is another one each time, and while anything else is drawn the question would be put off again and again.
  const [askedText] = useDebouncedValue(JSON.stringify(wish), 250);
  const asked = useMemo(() => JSON.parse(askedText) as typeof wish, [askedText]);
  const isGiven = isAskable(draft, subject);
  const policy = useQuery(policyResultQuery(asked, orderVersion));
  const precedents = useQuery({ ...precedentsQuery({ orderId, kind, amountMinor: asked.amountMinor, lines: asked.lines, reasonCode: asked.reasonCode, ...(remedyId === undefined ? {} : { remedyId }) }, orderVersion), enabled: isGiven });
  const basis = useQuery({ ...reshipBasisQuery(orderId), enabled: kind === 'reship' });
  // An answer to something else than what stands in the fields is no answer.
  const isAnswered = !policy.isPlaceholderData && policy.data !== undefined && askedText === JSON.stringify(wish);
  const told = canExcept && isGiven && isAnswered ? (policy.data?.exceptionRules ?? []) : undefined;
  // With other fields other rules stand in the way: what is asked to be set aside follows the answer.
  if (told !== undefined && told.join() !== setAside.join()) setSetAside(told);
  const rules = canExcept && isGiven ? setAside : [];
  const exception: Exception | null = plea !== null && rules.length > 0 && policy.data?.allowed === true ? { rules, why: plea.trim() } : null;
  const barred = [
    isOffline ? t('remedies:form.offline') : undefined,
    isBusy ? t('remedies:form.sending') : undefined,
    isGiven ? undefined : t(`remedies:form.nothingYet.${kind}`),
    kind !== 'reship' || isAddressWhole(draft.delivery ?? ownDelivery) ? undefined : t('remedies:delivery.first'),
    draft.reasonCode === null || draft.reason.trim() === '' ? t('remedies:form.giveReason') : undefined,
    isAnswered ? (policy.data?.allowed ? undefined : policy.data?.why) : t('remedies:form.notChecked'),
    plea !== null && rules.length > 0 && plea.trim() === '' ? t('remedies:form.exceptionFirst') : undefined,
  ].find((why) => why !== undefined);
  const write = (reason: string): void => {
    setDraft((old) => ({ ...old, reason }));
    keepDraft(draftKey, reason);
  };
  return (
    <div className="rm-form">
      <div className="rm-fields">
        {refusal ? <ErrorBar>{refusal}</ErrorBar> : null}
        {movesMoney(kind) ? (
          <NumberInput
            label={t('remedies:form.amount', { currency })}
            description={kind === 'credit' ? t('remedies:form.creditMeans') : refundableMinor === null ? undefined : t('remedies:form.refundable', { amount: money({ minor: refundableMinor, currency }) })}
            value={draft.amount}
            onChange={(amount) => setDraft((old) => ({ ...old, amount: String(amount) }))}
            decimalScale={digitsOf(currency)}
            fixedDecimalScale
            min={0}
            hideControls
            allowNegative={false}
            autoFocus
            data-autofocus
          />
        ) : null}
        {kind === 'credit' ? null : <LinesField draft={draft} subject={subject} kind={kind} onChange={setDraft} />}
        {kind === 'reship' ? <DeliveryFields draft={draft.delivery ?? ownDelivery} basis={basis.data} isFailed={basis.isError} kept={keptAddress} onChange={(delivery) => setDraft((old) => ({ ...old, delivery }))} /> : null}
        <Select label={t('remedies:form.reason')} placeholder={t('remedies:form.choose')} data={reasonCodes.map((value) => ({ value, label: t(`remedies:reason.${value}`) }))} value={draft.reasonCode} onChange={(reasonCode) => setDraft((old) => ({ ...old, reasonCode }))} allowDeselect={false} comboboxProps={{ transitionProps: { duration: 0 } }} />
        <Textarea label={t('remedies:form.words')} autosize minRows={2} maxRows={5} value={draft.reason} onChange={(event) => write(event.currentTarget.value)} />
        {more}
        <FactsField draft={draft} subject={subject} onChange={setDraft} />
      </div>
      <div className="rm-beside">
        <PolicyView result={isGiven ? policy.data : undefined} error={policy.error} onRetry={() => void policy.refetch()} />
        {kind === 'reship' && linesOf(draft).length > 0 ? (
          <section aria-label={t('remedies:stock.title')}>
            <h3>{t('remedies:stock.title')}</h3>
            <StockView basis={basis.data} isFailed={basis.isError} lines={linesOf(draft)} />
          </section>
        ) : null}
        {rules.length > 0 ? <ExceptionField rules={rules} plea={plea} onChange={setPlea} /> : null}
        {isGiven && precedents.data ? <Past precedents={precedents.data} /> : null}
        {policy.data ? (
          <section aria-label={t('remedies:ledger.title')}>
            <h3>{t('remedies:ledger.title')}</h3>
            <LedgerView result={policy.data} total={totalMinor === null ? null : { minor: totalMinor, currency }} lines={subject.lines} />
          </section>
        ) : null}
      </div>
      <footer>
        <Button onClick={onCancel}>{t('remedies:form.cancel')}</Button>
        <Button variant="primary" disabled={barred !== undefined} reason={barred} onClick={() => onSubmit(contentOf(draft, subject), exception)}>
          {action(whatOf(draft, subject, t))}
        </Button>
        {barred ? <small className="ow-dim">{barred}</small> : null}
      </footer>
    </div>
  );
};
