/** A share with the interval that its sample size allows. */
export interface ShareInterval {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** Two-sided 95 % quantile of the normal distribution. */
const Z = 1.959963984540054;

/** Wilson's 95 % interval of a share (E. B. Wilson, J. Am. Stat. Assoc. 22, 1927): honest for small samples and near 0 and 1. */
export function wilson(hits: number, total: number): ShareInterval {
  if (total <= 0) return { share: 0, low: 0, high: 1 };
  const share = hits / total;
  const z2 = Z * Z;
  const centre = (share + z2 / (2 * total)) / (1 + z2 / total);
  const reach = (Z / (1 + z2 / total)) * Math.sqrt((share * (1 - share)) / total + z2 / (4 * total * total));
  // At the edges the formula is exact and floating point is not.
  return { share, low: hits === 0 ? 0 : centre - reach, high: hits === total ? 1 : centre + reach };
}
