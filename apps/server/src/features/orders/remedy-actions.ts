import { checkRemedy, mayDo, refundableOf, type AccessSubject, type OrderState, type PersonRole, type RemedyKind, type RemedyPolicy } from '@orderwatch/domain';
import type { AllowedAction } from '../../platform/graphql/shared-types.js';

const KINDS: readonly RemedyKind[] = ['refund', 'reship', 'credit'];
const UNDER_WAY = new Set(['proposed', 'approved', 'executing', 'executed', 'needs_human']);
const PEOPLE: readonly string[] = ['agent', 'lead', 'manager', 'admin'] satisfies PersonRole[];

const UNKNOWN: Readonly<Record<RemedyKind, string>> = { refund: 'nobody has said what was paid', reship: 'the lines of this order are not known', credit: 'nobody has said what was paid' };
const NO_LIMITS = 'the limits of remedies cannot be read';

interface Asked {
  readonly kind: string;
  readonly state: string;
}

export interface Asker {
  readonly subject: AccessSubject;
  /** The version that is live; null when it cannot be read: then nothing is offered. */
  readonly policy: RemedyPolicy | null;
}

/** What the policy would say to a proposal of the whole, before anybody opens the form. */
export function remedyActions(state: OrderState, asked: readonly Asked[], { subject, policy }: Asker, now: number): AllowedAction[] {
  const refundable = refundableOf(state);
  const lines = state.lines.map((line) => ({ lineId: line.id, quantity: line.quantity ?? 1 }));
  const role = isPerson(subject) ? subject : undefined;
  const limit = refundable && policy ? { minor: limitOf(policy, role), currency: refundable.currency } : null;
  const least = refundable && { minor: 1, currency: refundable.currency }; // how much, is for the form to ask
  return KINDS.map((kind) => {
    const isOpen = asked.some((r) => r.kind === kind && UNDER_WAY.has(r.state));
    const request = { kind, amount: kind === 'refund' ? refundable : kind === 'credit' ? least : null, lines: kind === 'reship' ? lines : [], evidence: 1, ...(role ? { role } : {}) };
    const result = policy && checkRemedy(state, request, policy, now);
    const isPaidBack = kind === 'refund' && refundable?.minor === 0;
    const isUnknown = kind === 'reship' ? lines.length === 0 : refundable === null;
    const bar = !mayDo(subject, 'remedy.request') ? 'your role does not ask for remedies' : isOpen ? `a ${kind} of this order is under way` : isUnknown ? UNKNOWN[kind] : isPaidBack ? 'all that was paid has been refunded' : null;
    return { action: kind, allowed: bar === null && (result?.isAllowed ?? false), why: bar ?? result?.why ?? NO_LIMITS, needsApproval: true, limit: kind === 'reship' ? null : limit };
  });
}

function isPerson(subject: AccessSubject): subject is PersonRole {
  return PEOPLE.includes(subject);
}

function limitOf(policy: RemedyPolicy, role: PersonRole | undefined): number {
  return role === undefined || role === 'admin' ? policy.proposerLimit : policy.askerLimits[role];
}
