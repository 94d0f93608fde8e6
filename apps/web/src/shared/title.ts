import { t } from './i18n';

const BRAND = 'Orderwatch';
let title = '';
let breaching = 0;

const write = (): void => {
  document.title = breaching > 0 ? t('frame:title.count', { count: breaching, title, brand: BRAND }) : t('frame:title.plain', { title, brand: BRAND });
};

/** The window's title: how many of one's own cases breach, the page, the product. */
export const setTitle = (next: string): void => {
  title = next;
  write();
};

export const setBreaching = (count: number): void => {
  if (count === breaching) return;
  breaching = count;
  if (title !== '') write();
};
