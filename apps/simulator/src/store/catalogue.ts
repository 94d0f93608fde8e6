export interface Product {
  readonly sku: string;
  readonly title: string;
  readonly unitMinor: number;
  readonly grams: number;
  readonly weight: number;
}

/** What the demo store sells: things for the house. Weight is how often it is bought. */
export const CATALOGUE: readonly Product[] = [
  { sku: 'LMP-101-BR', title: 'Desk lamp, brass', unitMinor: 8900, grams: 1800, weight: 8 },
  { sku: 'LMP-140-WH', title: 'Pendant lamp, opal glass', unitMinor: 16400, grams: 2600, weight: 5 },
  { sku: 'CUP-004-OC', title: 'Stoneware cup, ochre', unitMinor: 1800, grams: 380, weight: 14 },
  { sku: 'BWL-012-SG', title: 'Serving bowl, sage', unitMinor: 4200, grams: 1100, weight: 9 },
  { sku: 'THR-220-IN', title: 'Wool throw, indigo', unitMinor: 12900, grams: 1400, weight: 7 },
  { sku: 'CSH-045-LN', title: 'Linen cushion cover', unitMinor: 3400, grams: 250, weight: 12 },
  { sku: 'RUG-300-NT', title: 'Hand-woven rug, 140 × 200', unitMinor: 28900, grams: 5200, weight: 3 },
  { sku: 'CLK-007-OK', title: 'Wall clock, oak', unitMinor: 7600, grams: 900, weight: 5 },
  { sku: 'VSE-031-SM', title: 'Smoked glass vase', unitMinor: 5400, grams: 1200, weight: 7 },
  { sku: 'TRY-018-WN', title: 'Walnut tray', unitMinor: 4900, grams: 800, weight: 6 },
  { sku: 'CHR-510-BL', title: 'Dining chair, black ash', unitMinor: 24900, grams: 6800, weight: 3 },
  { sku: 'CDL-009-BW', title: 'Beeswax candles, set of six', unitMinor: 2200, grams: 420, weight: 11 },
  { sku: 'KTL-077-ST', title: 'Pour-over kettle', unitMinor: 6900, grams: 950, weight: 6 },
  { sku: 'TWL-022-CR', title: 'Waffle towel, cream', unitMinor: 2900, grams: 450, weight: 10 },
];
