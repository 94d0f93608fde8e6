import { checkRemedy, defaultRemedyPolicy, mayDo, refundableOf, type AccessSubject, type OrderState, type RemedyKind } from '@orderwatch/domain';
import type { AllowedAction } from '../../platform/graphql/shared-types.js';

const KINDS: readonly RemedyKind[] = ['refund', 'reship'];
const UNDER_WAY = new Set(['proposed', 'approved', 'executing', 'executed', 'needs_human']);

interface Asked {
  readonly kind: string;
  readonly state: string;
}

/** What the policy would say to a proposal of the whole, before anybody opens the form. */
export function remedyActions(state: OrderState, asked: readonly Asked[], subject: AccessSubject, now: number): AllowedAction[] {
  const refundable = refundableOf(state);
  const lines = state.lines.map((line) => ({ lineId: line.id, quantity: line.quantity ?? 1 }));
  const limit = refundable ? { minor: defaultRemedyPolicy.proposerLimit, currency: refundable.currency } : null;
  return KINDS.map((kind) => {
    const isOpen = asked.some((r) => r.kind === kind && UNDER_WAY.has(r.state));
    const policy = checkRemedy(state, { kind, amount: kind === 'refund' ? refundable : null, lines: kind === 'reship' ? lines : [], evidence: 1 }, defaultRemedyPolicy, now);
    const why = !mayDo(subject, 'remedy.request') ? 'your role does not ask for remedies' : isOpen ? `a ${kind} of this order is under way` : policy.why;
    const allowed = mayDo(subject, 'remedy.request') && !isOpen && policy.isAllowed;
    return { action: kind, allowed, why, needsApproval: true, limit: kind === 'refund' ? limit : null };
  });
}
