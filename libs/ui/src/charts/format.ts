/** Thin spaces between thousands; a true minus. */
export const formatCount = (n: number): string =>
  `${n < 0 ? '−' : ''}${String(Math.abs(n)).replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f')}`;

export const formatChange = (n: number | null | undefined): string =>
  n === null || n === undefined ? '' : n > 0 ? `+${formatCount(n)}` : formatCount(n);

export interface Scale {
  top: number;
  ticks: readonly number[];
}

/** A round axis from zero that holds `max` in at most `steps` even steps. */
export const niceScale = (max: number, steps = 5): Scale => {
  const raw = Math.max(max, 1) / steps;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= raw) ?? raw;
  const count = Math.max(1, Math.ceil(Math.max(max, 1) / step));
  return { top: step * count, ticks: Array.from({ length: count + 1 }, (_, i) => i * step) };
};
