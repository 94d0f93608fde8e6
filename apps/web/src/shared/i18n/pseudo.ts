const plain = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const accented = 'áƀçðéƒĝĥîĵķļɱñôþɋŕšţûṽŵẋýžÁƁÇÐÉƑĜĤÎĴĶĻṀÑÔÞɊŔŠŢÛṼŴẊÝŽ';
const accents = new Map([...plain].map((letter, i) => [letter, [...accented][i] ?? letter]));

/** Places for values and marks stay as they are. */
const KEPT = /(\{\{.*?\}\}|<\/?b>)/;

/** What a longer language needs: 40 % more. */
const padding = (length: number): string => '·'.repeat(Math.ceil(length * 0.4));

/** A text nobody has written: longer, and without one plain letter, so that what was not a key shows. */
export const pseudo = (text: string): string => {
  const said = text
    .split(KEPT)
    .map((part, i) => (i % 2 === 1 ? part : [...part].map((letter) => accents.get(letter) ?? letter).join('')))
    .join('');
  return `⟦${said}${padding(text.replaceAll(/\{\{.*?\}\}|<\/?b>/g, '').length)}⟧`;
};

export const pseudoBundle = (texts: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, pseudo(text)]));
