import type { Page } from 'playwright-core';

/**
 * What is written within some parts of a page and is no key: in the made-up language every text of ours stands in ⟦ ⟧ without one plain
 * letter. Names of people and things, keys and code are marked as such; charts get their words from the table behind them, which is. What stands inside the brackets came in as a value; `isStrict`: not
 * even there.
 */
export const plainTexts = (page: Page, within: readonly string[], isStrict = false): Promise<string[]> =>
  page.evaluate(
    ([selectors, strict]) => {
      const found = new Set<string>();
      // Written by `Intl`: "21 Nov", "21 Nov 12:34", "21 Nov 2026, 12:34:48 UTC".
      const dates = /\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)\b(?: \d{4})?(?:,? \d\d:\d\d(?::\d\d)?)?(?: (?:UTC|GMT|CES?T)(?:[+-]\d+)?)?/g;
      const withoutKeys = (text: string): string => {
        let rest = text;
        for (let before = ''; before !== rest; ) {
          before = rest;
          rest = rest.replace(/⟦[^⟦⟧]*⟧/g, '');
        }
        // A text with a bold part is written in pieces.
        return rest.replace(/⟦[^⟧]*$/, '').replace(/^[^⟦]*⟧/, '');
      };
      const take = (text: string | null): void => {
        if (text !== null && /[A-Za-z]{2,}/.test(strict ? text : withoutKeys(text.replace(dates, '')))) found.add(text.trim());
      };
      const isOurs = (element: Element | null): boolean => element !== null && element.closest('[translate="no"], .recharts-wrapper, kbd, option, style, .ow-brand') === null;
      for (const part of document.querySelectorAll(selectors.join(','))) {
        const walk = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) if (isOurs(walk.currentNode.parentElement)) take(walk.currentNode.nodeValue);
        for (const element of part.querySelectorAll('[aria-label], [title], [placeholder]')) {
          if (isOurs(element)) for (const name of ['aria-label', 'title', 'placeholder']) take(element.getAttribute(name));
        }
      }
      return [...found];
    },
    [within, isStrict] as const,
  );
