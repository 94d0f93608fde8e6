import { AbsoluteTime, Chip, formatTime } from '@orderwatch/ui';
import { Link } from '@tanstack/react-router';
import { Fragment, type KeyboardEvent } from 'react';
import { zoneName } from '../../shared/format';
import { useText } from '../../shared/i18n';
import { useShownZone } from '../../shared/zone';
import type { AuditEntry } from './api';
import { byRequest } from './groups';
import { actorText, changeText, reasonText, resultText, resultTone, targetOf } from './words';

interface AuditTableProps {
  label: string;
  entries: readonly AuditEntry[];
  currentId: string | null;
  onCurrent: (id: string) => void;
  onOpen: (id: string) => void;
}

export const rowSelector = (id: string): string => `tr[data-entry="${CSS.escape(id)}"]`;

const dayAndClock = (at: string, timeZone: string): string => `${formatTime(at, 'date', timeZone)} ${formatTime(at, 'clock', timeZone)}`;

interface CellsProps {
  entry: AuditEntry;
  /** Entries of the same request that stand together, where this is the first of them. */
  together: number;
}

const Cells = ({ entry, together }: CellsProps) => {
  const t = useText();
  const { timeZone } = useShownZone();
  const target = targetOf(entry);
  const tone = resultTone(entry.result);
  const change = changeText(entry, t);
  const reason = reasonText(entry);
  return (
    <>
      <td data-col="time">
        <time dateTime={entry.at}>{dayAndClock(entry.at, timeZone)}</time>
      </td>
      {timeZone === 'UTC' ? null : (
        <td data-col="utc" className="ow-dim">
          <AbsoluteTime at={entry.at} form="clock" timeZone="UTC" />
        </td>
      )}
      <td translate="no" title={actorText(entry, t)}>
        {actorText(entry, t)}
        {entry.onBehalfOf ? <span className="ow-dim"> {t('audit:behalf', { name: entry.onBehalfOf })}</span> : null}
      </td>
      <th scope="row" translate="no">
        {entry.action}
      </th>
      <td data-col="object" translate="no">
        {target?.href ? (
          <Link to={target.href} className="ow-link" tabIndex={-1} onClick={(event) => event.stopPropagation()}>
            {target.label}
          </Link>
        ) : (
          target?.label
        )}
      </td>
      <td data-col="change" translate="no" title={change || undefined}>
        {change}
      </td>
      <td data-col="reason" translate="no" title={reason ?? undefined}>
        {reason}
      </td>
      <td data-col="result">{tone ? <Chip tone={tone}>{resultText(entry.result, t)}</Chip> : <span className="ow-dim">{resultText(entry.result, t)}</span>}</td>
      <td data-col="request" translate="no" className="ow-dim">
        {entry.source === 'case' ? t('audit:unchained') : entry.request?.slice(0, 8)}
        {together > 1 ? <span className="ow-sr"> {t('audit:together', { count: together })}</span> : null}
      </td>
      <td data-col="policy" translate="no" className="ow-dim ow-num">
        {entry.policyVersion}
      </td>
    </>
  );
};

/** A native table: find-in-page, print and screen readers just work. One stop for Tab; j and k go from row to row. */
export const AuditTable = ({ label, entries, currentId, onCurrent, onOpen }: AuditTableProps) => {
  const t = useText();
  const { timeZone } = useShownZone();
  const stop = entries.some((entry) => entry.id === currentId) ? currentId : entries[0]?.id;
  const open = (event: KeyboardEvent<HTMLTableRowElement>, id: string): void => {
    if (event.key === 'Enter' && event.target === event.currentTarget) onOpen(id);
  };
  return (
    <table className="ow-table au-table" aria-label={label} data-commands="">
      <thead>
        <tr>
          <th scope="col" data-col="time">{t('audit:column.time', { zone: zoneName(timeZone) })}</th>
          {timeZone === 'UTC' ? null : <th scope="col" data-col="utc">{t('audit:column.utc')}</th>}
          <th scope="col" data-col="actor">{t('audit:column.actor')}</th>
          <th scope="col" data-col="action">{t('audit:column.action')}</th>
          <th scope="col" data-col="object">{t('audit:column.object')}</th>
          <th scope="col" data-col="change">{t('audit:column.change')}</th>
          <th scope="col" data-col="reason">{t('audit:column.reason')}</th>
          <th scope="col" data-col="result">{t('audit:column.result')}</th>
          <th scope="col" data-col="request">{t('audit:column.request')}</th>
          <th scope="col" data-col="policy" className="ow-num">{t('audit:column.policy')}</th>
        </tr>
      </thead>
      <tbody>
        {byRequest(entries).map((group) => (
          <Fragment key={group.key}>
            {group.entries.map((entry, i) => (
              <tr
                key={entry.id}
                data-entry={entry.id}
                data-clickable=""
                data-together={group.request === null ? undefined : i === 0 ? 'first' : i === group.entries.length - 1 ? 'last' : 'middle'}
                aria-current={entry.id === currentId ? 'true' : undefined}
                tabIndex={entry.id === stop ? 0 : -1}
                onFocus={() => onCurrent(entry.id)}
                onClick={() => onOpen(entry.id)}
                onKeyDown={(event) => open(event, entry.id)}
              >
                <Cells entry={entry} together={i === 0 && group.request !== null ? group.entries.length : 0} />
              </tr>
            ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
};
