import { checkRemedy, defaultRemedyPolicy, mayDo, refundableOf, type AccessSubject, type OrderState, type RemedyKind } from '@orderwatch/domain';
import type { AllowedAction } from '../../platform/graphql/shared-types.js';

const KINDS: readonly RemedyKind[] = ['refund', 'reship'];
const UNDER_WAY = new Set(['proposed', 'approved', 'executing', 'executed', 'needs_human']);

const UNKNOWN: Readonly<Record<RemedyKind, string>> = { refund: 'nobody has said what was paid', reship: 'the lines of this order are not known' };

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
    const isUnknown = kind === 'refund' ? refundable === null : lines.length === 0;
    const bar = !mayDo(subject, 'remedy.request') ? 'your role does not ask for remedies' : isOpen ? `a ${kind} of this order is under way` : isUnknown ? UNKNOWN[kind] : null;
    return { action: kind, allowed: bar === null && policy.isAllowed, why: bar ?? policy.why, needsApproval: true, limit: kind === 'refund' ? limit : null };
  });
}
