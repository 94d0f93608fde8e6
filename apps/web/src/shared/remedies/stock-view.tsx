import './remedies.css';
import { listText } from '../format';
import { useText } from '../i18n';
import type { ReshipBasis } from './reship-query';

interface StockViewProps {
  basis: ReshipBasis | undefined;
  isFailed: boolean;
  lines: readonly { lineId: string; quantity: number }[];
}

/** Whether there is anything to send, and until when it can be stopped. What the shop cannot tell is said to be not known. */
export const StockView = ({ basis, isFailed, lines }: StockViewProps) => {
  const t = useText();
  if (!basis) return <p className="ow-dim">{isFailed ? t('remedies:stock.failed') : t('remedies:stock.asking')}</p>;
  return (
    <div className="rm-stock">
      <dl>
        {lines.map(({ lineId, quantity }) => {
          const line = basis.stock.find((each) => each.lineId === lineId);
          const available = line?.available ?? null;
          return (
            <div key={lineId}>
              <dt>
                {quantity} × <span translate="no">{line?.title ?? lineId}</span>
              </dt>
              <dd className={available !== null && available < quantity ? 'ow-red' : undefined}>{available === null ? t('remedies:stock.unknown') : t('remedies:stock.available', { n: Math.max(0, available) })}</dd>
            </div>
          );
        })}
      </dl>
      {basis.rivals.length > 1 ? <p className="ow-amber ow-small">{t('remedies:stock.rivals', { names: listText(basis.rivals) })}</p> : null}
      <p className="ow-dim ow-small">
        {t('remedies:stock.callBack', { seconds: basis.callBackSeconds })} {t(`remedies:stock.after.${basis.way === 'shop' || basis.way === 'warehouse' ? basis.way : 'nobody'}`)}
      </p>
    </div>
  );
};
