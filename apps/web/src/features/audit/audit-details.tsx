import { Button, Chip, exactTime, KeyValueList, PeekPanel, Section, type KeyValue } from '@orderwatch/ui';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { EvidenceLinks } from '../../shared/evidence/evidence-links';
import { money } from '../../shared/format';
import { useText } from '../../shared/i18n';
import { useShownZone } from '../../shared/zone';
import type { AuditEntry } from './api';
import { actorText, reasonText, remedyIdOf, resultText, resultTone, shownChanges, targetOf } from './words';

interface DetailsProps {
  entry: AuditEntry;
  /** The chain does not fit here. */
  isBroken?: boolean;
  onQuery: (query: string) => void;
  onClose: () => void;
}

const Changes = ({ changes }: { changes: ReturnType<typeof shownChanges> }) => {
  const t = useText();
  return (
    <Section title={t('audit:detail.changes')}>
      <dl className="au-changes" translate="no">
        {changes.map(({ name, before, after }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <del>
                <span className="ow-sr">{t('audit:detail.was')} </span>
                {before ?? t('audit:detail.nothing')}
              </del>{' '}
              → <ins>{after ?? t('audit:detail.nothing')}</ins>
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
};

/** All that one entry says, and the ways from it: the same request, the same person, the order's story, the evidence. */
export const AuditDetails = ({ entry, isBroken = false, onQuery, onClose }: DetailsProps) => {
  const t = useText();
  const { timeZone } = useShownZone();
  const target = targetOf(entry);
  const remedyId = remedyIdOf(entry);
  const tone = resultTone(entry.result);
  const { request } = entry;
  const changes = shownChanges(entry, t);
  const is = (key: string, label: string, value: ReactNode): readonly KeyValue[] => (value === null || value === undefined || value === '' ? [] : [{ key, label, value }]);
  const plain = (value: string | null | undefined): ReactNode => (value ? <span translate="no">{value}</span> : null);
  return (
    <PeekPanel
      label={t('audit:details', { id: entry.id })}
      title={<span translate="no">{entry.action}</span>}
      chips={tone ? <Chip tone={tone}>{resultText(entry.result, t)}</Chip> : undefined}
      reference={<span translate="no">{entry.id}</span>}
      facts={
        <KeyValueList
          items={[
            ...is('when', t('audit:detail.when'), <><span>{exactTime(entry.at, timeZone)}</span><br /><span className="ow-dim">{exactTime(entry.at, 'UTC')}</span></>),
            ...is('who', t('audit:detail.who'), <><span translate="no">{actorText(entry, t)}</span> · <button type="button" className="ow-link" onClick={() => onQuery(`actor:"${entry.actor}"`)}>{t('audit:detail.sameActor')}</button></>),
            ...is('behalf', t('audit:detail.behalf'), plain(entry.onBehalfOf)),
            ...is('on', t('audit:detail.on'), target ? (target.href ? <Link to={target.href} className="ow-link" translate="no">{target.label}</Link> : plain(target.label)) : null),
            ...is('amount', t('audit:detail.amount'), entry.amount ? money(entry.amount) : null),
            ...is('reason', t('audit:detail.reason'), plain(reasonText(entry))),
            ...is('result', t('audit:detail.result'), resultText(entry.result, t)),
            ...is('policy', t('audit:detail.policy'), plain(entry.policyVersion)),
            ...is('request', t('audit:detail.request'), plain(request)),
            ...is('session', t('audit:detail.session'), plain(entry.session)),
          ]}
        />
      }
      actions={
        <>
          {request ? <Button onClick={() => onQuery(`request:${request}`)}>{t('audit:detail.sameRequest')}</Button> : null}
          {entry.orderId && entry.source === 'audit' ? (
            <Link to="/audit" search={{ story: entry.orderId }} className="ow-btn">
              {entry.orderName ? t('audit:detail.story', { order: entry.orderName }) : t('audit:story.of')}
            </Link>
          ) : null}
          <span className="ow-spacer" />
          <Button kbd="Esc" variant="quiet" onClick={onClose}>
            {t('audit:close')}
          </Button>
        </>
      }
    >
      {isBroken ? <p className="ow-red" role="note">{t('audit:detail.spoiled')}</p> : null}
      {changes.length > 0 ? <Changes changes={changes} /> : null}
      {remedyId ? <EvidenceLinks remedyId={remedyId} number={entry.remedyNumber ?? ''} /> : null}
      {entry.source === 'audit' ? (
        <Section title={t('audit:detail.stored')}>
          {Object.keys((entry.detail as object | null) ?? {}).length === 0 ? <p className="ow-dim">–</p> : <pre className="au-stored" translate="no">{JSON.stringify(entry.detail, null, 2)}</pre>}
        </Section>
      ) : null}
    </PeekPanel>
  );
};
