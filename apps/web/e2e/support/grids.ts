import type { Page } from 'playwright-core';

export interface GridFacts {
  name: string;
  /** What it says of itself, and the heads, of its columns and its groups, that are counted with it. */
  rowCount: number;
  heads: number;
  indices: number[];
  /** Whether its rows follow on each other without a gap; the one in hand may be far from those in sight. */
  isContinuous: boolean;
  tabStops: string[];
}

/** What axe does not look at in the lists of a page. */
export const gridsOf = (page: Page): Promise<GridFacts[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[role="grid"], [role="treegrid"]')].map((grid) => {
      const rows = [...grid.querySelectorAll('[role="row"]:not([data-empty])')];
      const indices = rows.map((row) => Number(row.getAttribute('aria-rowindex'))).sort((a, b) => a - b);
      const reachable = [...grid.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, [tabindex]')].filter((each) => each.tabIndex >= 0 && !each.matches(':disabled') && each.getClientRects().length > 0);
      const labels = (grid.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '');
      const gaps = indices.filter((index, i) => i > 0 && index !== (indices[i - 1] ?? 0) + 1).length;
      const isHeldApart = rows.some((row) => row === document.activeElement || row.contains(document.activeElement));
      return {
        name: grid.getAttribute('aria-label') ?? labels.join(' ').trim(),
        rowCount: Number(grid.getAttribute('aria-rowcount')),
        heads: rows.filter((row) => row.querySelector('[role="columnheader"]') !== null || row.hasAttribute('aria-expanded')).length,
        indices,
        isContinuous: indices[0] === 1 && gaps <= (isHeldApart ? 2 : 0),
        tabStops: (grid.tabIndex >= 0 ? [grid, ...reachable] : reachable).map((each) => `${each.tagName.toLowerCase()} ${each.getAttribute('role') ?? ''} ${each.getAttribute('aria-label') ?? each.className}`),
      };
    }),
  );
