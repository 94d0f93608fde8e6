/** Thin spaces between thousands; a true minus. */
export const formatCount = (n: number): string =>
  `${n < 0 ? '−' : ''}${String(Math.abs(n)).replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f')}`;

export const formatChange = (n: number | null | undefined): string =>
  n === null || n === undefined ? '' : n > 0 ? `+${formatCount(n)}` : formatCount(n);

/** A round upper end for an axis that must hold `max`. */
export const niceCeil = (max: number, steps = 5): number => {
  if (max <= 0) return steps;
  const raw = max / steps;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= raw) ?? raw;
  return step * steps;
};
