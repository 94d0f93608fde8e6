/** PostgreSQL's text holds no NUL and no lone surrogate; both are legal in JSON. They become U+FFFD in columns; raw bytes and canonical JSON keep them. */
export function cleanText<T extends string | null>(text: T): T {
  if (text === null) return text;
  return text.toWellFormed().replaceAll('\0', '\uFFFD') as T;
}
