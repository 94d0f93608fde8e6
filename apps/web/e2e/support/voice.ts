import type { Page } from 'playwright-core';

/** Keeps everything that live regions say from the first paint on. Before the page is opened. */
export const listen = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    const said: string[] = [];
    (globalThis as unknown as { said: string[] }).said = said;
    const regions = '[role="status"], [role="alert"], [role="log"], [aria-live="polite"], [aria-live="assertive"]';
    const last = new WeakMap<Element, string>();
    const look = (): void => {
      for (const region of document.querySelectorAll(regions)) {
        const text = region.textContent.trim();
        if (text !== (last.get(region) ?? '') && text !== '') said.push(text);
        last.set(region, text);
      }
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
  });
};

/** What has been said since the last question. */
export const saidSince = (page: Page): Promise<string[]> => page.evaluate(() => (globalThis as unknown as { said: string[] }).said.splice(0));
