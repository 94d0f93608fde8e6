import { textOf } from '../../shared/address/text-of';

/** What stands in the address of the audit. */
export interface AuditSearch {
  /** The search as typed. */
  q?: string;
  /** The page comes after this entry. */
  after?: string;
  /** The entry in hand. */
  item?: string;
  /** An order: its whole story instead of a search. */
  story?: string;
}

export const auditSearch = (search: Record<string, unknown>): AuditSearch => {
  const after = textOf(search['after']);
  const fields = { q: textOf(search['q']), after: after !== undefined && /^\d{1,18}$/.test(after) ? after : undefined, item: textOf(search['item']), story: textOf(search['story']) };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
};
