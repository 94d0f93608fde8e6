import { useGlobalKeys } from '../../../shared/keys';

/** Nothing has the keyboard yet: the key is meant for the row in hand, which takes it from here on. */
const enterList = (key: string): void => {
  if (document.activeElement !== document.body) return;
  const row = document.querySelector<HTMLElement>('.queue-body [data-row-id][tabindex="0"]');
  row?.focus();
  row?.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey: /^[A-Z]$/.test(key), bubbles: true }));
};

const intoList = Object.fromEntries(['j', 'k', 'ArrowDown', 'ArrowUp', 'c', 'C', 'e', 'E', 'h', 'm', 'a', 'p', 'x', 'o', 'Enter'].map((key) => [key, () => enterList(key)]));

/** Keys of the list work before it has been touched. */
export const useIntoList = (): void => useGlobalKeys(intoList, true);
