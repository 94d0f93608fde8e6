import { mayDo, type AccessSubject } from '@orderwatch/domain';

interface Act {
  readonly what: string;
  readonly why: string | null;
}

const isRemedys = (what: string): boolean => what === 'proposed' || what.startsWith('remedy_') || what.startsWith('claim_');

const WRITTEN: ReadonlySet<string> = new Set(['noted', 'reopened', 'released', 'assigned', 'taken_over']);

/** Acts whose reason is what a colleague wrote: customers are named there. Of a resolution, the outcome stays. */
function withoutWords<T extends Act>(act: T): T {
  if (WRITTEN.has(act.what)) return { ...act, why: null };
  return act.what === 'resolved' ? { ...act, why: act.why?.replace(/: .*$/s, '') ?? null } : act;
}

/** As much of a case's history as the reader may know: remedies where the matrix gives them, and what people wrote only to people. */
export function shownHistory<T extends Act>(subject: AccessSubject, history: readonly T[]): readonly T[] {
  const told = mayDo(subject, 'remedy.read') ? history : history.filter((act) => !isRemedys(act.what));
  return mayDo(subject, 'self.read') ? told : told.map(withoutWords);
}
