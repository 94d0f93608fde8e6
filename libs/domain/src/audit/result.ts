/** What came of what an entry tells: it was done; nobody let it; it was tried and is certain not to have happened; nobody can tell. */
export type AuditResult = 'ok' | 'refused' | 'failed' | 'unknown';

export const AUDIT_RESULTS: readonly AuditResult[] = ['ok', 'refused', 'failed', 'unknown'];

/** By the last word of the action; any other is `ok`. */
export const RESULT_WORDS: Readonly<Record<Exclude<AuditResult, 'ok'>, readonly string[]>> = {
  refused: ['declined', 'void', 'lapsed', 'returned', 'rejected', 'denied'],
  failed: ['failed'],
  unknown: ['needs_human'],
};

export function resultOf(action: string): AuditResult {
  const word = action.slice(action.lastIndexOf('.') + 1);
  return AUDIT_RESULTS.find((result) => result !== 'ok' && RESULT_WORDS[result].includes(word)) ?? 'ok';
}
