/** Where a page ended: the sort values of its last row. Opaque outside; anything unreadable starts at the beginning. */
export function writeCursor(values: readonly (string | null)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

export function readCursor(cursor: string | null | undefined, length: number): (string | null)[] | null {
  if (!cursor) return null;
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(values) && values.length === length && values.every((v) => v === null || typeof v === 'string') ? values : null;
  } catch {
    return null;
  }
}

/** Asked page sizes are taken within bounds. */
export function pageSize(first: number | null | undefined, most = 200): number {
  return Math.min(most, Math.max(1, Math.floor(first ?? 50)));
}

/** Conditions with numbered parameters, joined by `and`. */
export class Where {
  readonly params: unknown[] = [];
  private readonly parts: string[] = [];

  /** `?` in the text stands for the value; several of them for the same one. */
  add(text: string, value: unknown): this {
    this.params.push(value);
    this.parts.push(text.replaceAll('?', `$${this.params.length}`));
    return this;
  }

  plain(text: string): this {
    this.parts.push(text);
    return this;
  }

  get sql(): string {
    return this.parts.length ? `where ${this.parts.join(' and ')}` : '';
  }
}
