/** What our payload builders are made of: JSON, with `bigint` for ids that a number would round. */
export type RawJson = string | number | bigint | boolean | null | readonly RawJson[] | { readonly [key: string]: RawJson | undefined };

/** Writes JSON in which a `bigint` stands as its digits; `JSON.stringify` refuses them and a number would lose the last ones. */
export function writeJson(value: RawJson): string {
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${(value as readonly RawJson[]).map(writeJson).join(',')}]`;
  const parts: string[] = [];
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined) parts.push(`${JSON.stringify(key)}:${writeJson(item)}`);
  }
  return `{${parts.join(',')}}`;
}
