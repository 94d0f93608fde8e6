import './remedies.css';
import { AbsoluteTime } from '@orderwatch/ui';
import { money } from '../format';
import { useText } from '../i18n';
import type { LineChoice } from './draft';
import type { PolicyResult } from './policy-query';

const kinds = ['refund', 'reship', 'credit', 'claim', 'chargeback'] as const;
const kindOf = (kind: string): (typeof kinds)[number] => kinds.find((each) => each === kind) ?? 'refund';

interface LedgerViewProps {
  result: Pick<PolicyResult, 'covered' | 'ledger' | 'lines'>;
  /** Of the whole order; absent where nobody said. */
  total?: { minor: number; currency: string } | null | undefined;
  /** Where they are at hand, for the prices. */
  lines?: readonly LineChoice[] | undefined;
}

/** Line by line what was paid, what the customer has back of it, and what is left; then who gave what, wherever it was done. */
export const LedgerView = ({ result, total, lines = [] }: LedgerViewProps) => {
  const t = useText();
  const { covered, ledger } = result;
  const whole = total && covered && total.currency === covered.currency ? total : null;
  const currency = total?.currency ?? covered?.currency;
  const priceOf = (id: string): number | null => lines.find((line) => line.id === id)?.priceMinor ?? null;
  const worth = (id: string, pieces: number): string | null => {
    const price = priceOf(id);
    return price === null || currency === undefined ? null : money({ minor: price * pieces, currency });
  };
  return (
    <>
      <table className="rm-ledger">
        <thead>
          <tr>
            <th scope="col">{t('remedies:ledger.line')}</th>
            <th scope="col">{t('remedies:ledger.paid')}</th>
            <th scope="col">{t('remedies:ledger.good')}</th>
            <th scope="col">{t('remedies:ledger.left')}</th>
          </tr>
        </thead>
        <tbody>
          {result.lines.map(({ lineId, title, pieces, coveredPieces }) => (
            <tr key={lineId}>
              <th scope="row" translate="no">
                {t('remedies:ledger.line.name', { n: pieces, title: title ?? lineId })}
              </th>
              <td>{worth(lineId, pieces)}</td>
              <td>{t('remedies:ledger.pieces', { n: coveredPieces, all: pieces })}</td>
              <td>{worth(lineId, Math.max(0, pieces - coveredPieces)) ?? t('remedies:ledger.pieces', { n: Math.max(0, pieces - coveredPieces), all: pieces })}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">{t('remedies:ledger.all')}</th>
            <td>{money(total)}</td>
            <td>{money(covered)}</td>
            <td>{whole && covered ? money({ ...whole, minor: Math.max(0, whole.minor - covered.minor) }) : '–'}</td>
          </tr>
        </tbody>
      </table>
      {ledger.length === 0 ? (
        <p className="ow-dim ow-small">{t('remedies:ledger.none')}</p>
      ) : (
        <ul className="rm-entries">
          {ledger.map((entry) => (
            <li key={`${entry.kind} ${entry.id}`}>
              <span>{t(`remedies:ledger.${kindOf(entry.kind)}`)}</span>
              <b>{money(entry.amount)}</b>
              <small>
                {entry.remedyId === null ? t('remedies:ledger.elsewhere', { source: entry.source }) : t('remedies:ledger.ours')} · <AbsoluteTime at={entry.at} />
              </small>
            </li>
          ))}
        </ul>
      )}
    </>
  );
};
