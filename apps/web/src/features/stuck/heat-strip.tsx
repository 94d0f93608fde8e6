import { useText } from '../../shared/i18n';

interface HeatStripProps {
  /** How many fell silent on each of the last days, today first. */
  heat: readonly number[];
}

/** Two weeks of last scans as a strip: one cell a day, darker where more parcels stopped. */
export const HeatStrip = ({ heat }: HeatStripProps) => {
  const t = useText();
  const most = Math.max(1, ...heat);
  return (
    <span className="st-heat" aria-hidden="true" title={t('stuck:tree.heat', { days: heat.length })}>
      {[...heat].reverse().map((n, i) => (
        <i key={i} data-n={n || undefined} style={n > 0 ? { opacity: 0.25 + 0.75 * (n / most) } : undefined} />
      ))}
    </span>
  );
};
