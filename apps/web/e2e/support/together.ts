import type { Page } from 'playwright-core';

/**
 * Lets people do one thing at once, however the machine stumbles between their presses: none is sent before all of them have been made, so
 * that nobody hears of another's first. Before the pages are acted on.
 */
export const sendTogether = async (pages: readonly Page[], operation: string): Promise<void> => {
  const made = pages.map(() => Promise.withResolvers<undefined>());
  for (const [i, page] of pages.entries()) {
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes(`mutation ${operation}(`)) {
        made[i]?.resolve(undefined);
        await Promise.all(made.map(({ promise }) => promise));
      }
      await route.fallback();
    });
  }
};
