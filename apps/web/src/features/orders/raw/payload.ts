/** A payload as it came: taken apart, or as text where that would change it. */
export type Payload = { kind: 'json'; value: unknown } | { kind: 'text'; text: string };

/** Only to lay it out; a body that is no JSON, or holds digits a number would lose, is shown as it came. */
export const readPayload = (body: string): Payload => {
  if (/\d{16,}/.test(body.replace(/"(?:[^"\\]|\\.)*"/g, '""'))) return { kind: 'text', text: body };
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { kind: 'json', value } : { kind: 'text', text: body };
  } catch {
    return { kind: 'text', text: body };
  }
};

const isSaid = (leaf: string, code: string): boolean => leaf === code || leaf.toLowerCase().endsWith(`.${code.toLowerCase()}`);

/** Where a code stands in a payload: `data.status`, `[0].type`; undefined where it was put together from several things. */
export const pathOf = (value: unknown, code: string, path = ''): string | undefined => {
  if (typeof value === 'string' || typeof value === 'number') return isSaid(String(value), code) ? path : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    const here = Array.isArray(value) ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`;
    const found = pathOf(inner, code, here);
    if (found !== undefined) return found;
  }
  return undefined;
};
