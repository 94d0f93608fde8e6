import { judge, worsened } from '@orderwatch/domain';
import { writeAudit, type RemedyRecord, type RemedyStore, type Tx } from '@orderwatch/db';
import type { OrderNow } from '../order-facts.js';
import type { LivePolicy } from '../policy/remedy-policy.js';
import { judgeProposal } from '../proposals/assess-proposal.js';

interface Moment {
  readonly order: OrderNow;
  readonly live: LivePolicy;
  readonly now: number;
}

/**
 * What was read was judged when it was asked for. Since then the policy, the customer's other orders, or time alone may have moved: who
 * approves is held up once by anything that got worse, with a new revision to read; what is forbidden by now is never approved.
 * @returns why it is not approved as it was read; undefined when it may be.
 */
export async function barByJudgement(tx: Tx, store: RemedyStore, record: RemedyRecord, { order, live, now }: Moment): Promise<string | undefined> {
  const before = await store.situationOf(tx, record);
  if (!before) return undefined; // from before situations were kept: its facts and its amount are bound, and the limits of today hold all the same
  const { remedy, orderId, lines, reasonCode, exception } = record;
  const asked = { orderId, kind: remedy.kind, lines, reasonCode, exception, amount: remedy.amount, evidence: before.evidence, evidenceTypes: before.evidenceTypes ?? [] };
  const fresh = await judgeProposal(tx, order, asked, { live, role: before.role ?? 'agent', id: record.id, now });
  // Who asked, and what they had asked for by then, is of that moment: what they ask for later is judged with the later one.
  const situation = { ...fresh.situation, role: before.role, askedWithinDay: before.askedWithinDay ?? 0 };
  const result = judge(situation, live.policy);
  const approvalsNeeded = Math.max(result.approvalsNeeded, remedy.approvalsNeeded);
  const worse = [...worsened(record.checks, result.checks), ...(approvalsNeeded > remedy.approvalsNeeded ? ['two managers must approve'] : [])];
  if (worse.length > 0) {
    const next = { ...remedy, approvalsNeeded, approvals: [], revision: remedy.revision + 1 };
    const content = { lines, reasonCode, reason: record.reason, evidence: record.evidence, facts: record.facts, checks: result.checks, policyVersion: live.version, situation: { ...situation, isClean: result.isClean } };
    await store.save(tx, record, next, { content });
    await store.announce(tx, record.id, { what: 'remedy_rejudged', why: worse.join('; '), actor: 'system', now, mutationId: null });
    await writeAudit(tx, { actor: 'system', action: 'remedy.rejudged', target: record.id, at: now, detail: { revision: next.revision, policyVersion: live.version, before: record.policyVersion, worse } });
    return `The policy says something else now than you read: ${worse.join('; ')}. Read it again.`;
  }
  return result.isAllowed ? undefined : `The policy forbids it by now: ${result.why}. Decline it; it may be asked for as an exception.`;
}
