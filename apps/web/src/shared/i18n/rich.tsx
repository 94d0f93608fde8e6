import type { ReactNode } from 'react';

const BOLD = /<b>(.*?)<\/b>/;

/** A text in which `<b>…</b>` is set bold: `<Rich text={t(…)} />`. No other mark is understood. */
export const Rich = ({ text }: { text: string }): ReactNode => text.split(BOLD).map((part, i) => (i % 2 === 1 ? <b key={i}>{part}</b> : part));
