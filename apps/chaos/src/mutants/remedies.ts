import { fast, slow } from './mutant.js';

const DECIDE = 'libs/domain/src/remedies/decide.ts';
const EXECUTE = 'apps/server/src/features/remedies/execution/execute-remedy.service.ts';
const STORE = 'libs/db/src/remedies/remedy.store.ts';
const DECIDED = ['libs/domain/src/remedies/decide.spec.ts', 'libs/domain/src/remedies/four-eyes.spec.ts'];
const STEAD = 'libs/domain/src/remedies/delegation.ts';
const COHORT = 'libs/domain/src/remedies/cohort.ts';
const NAMED = ['libs/domain/src/remedies/delegation.spec.ts'];
const SHARED = ['libs/domain/src/remedies/cohort.spec.ts'];
const APPROVALS = ['apps/server/src/features/remedies/approvals/approvals.spec.ts'];
const RACES = ['apps/server/src/features/remedies/approvals/remedy-races.spec.ts'];
const DONE = ['apps/server/src/features/remedies/remedies.spec.ts'];
const MODEL = 'apps/server/src/features/remedies/remedies-model.spec.ts';
const CLIENT = ['libs/connectors/src/shopify/client.spec.ts'];

export const REMEDIES = [
  ...fast('role matrix', [
    { id: 'one approves what one asked for', file: DECIDE, find: "if (actor.id === remedy.proposedBy) return 'You asked for this yourself; another person decides.';", replace: '', killedBy: DECIDED },
    { id: 'an editor approves', file: DECIDE, find: "if (remedy.editors.includes(actor.id)) return 'You edited this; another person decides.';", replace: '', killedBy: DECIDED },
    { id: 'anybody approves', file: DECIDE, find: "if (actor.role === 'manager') return undefined;", replace: 'return undefined;', killedBy: DECIDED },
    { id: 'the proposer counts among the approvers', file: DECIDE, find: 'new Set([remedy.proposedBy, ...remedy.editors])', replace: 'new Set(remedy.editors)', killedBy: DECIDED },
    { id: 'one manager approves twice', file: STEAD, find: 'groups.filter((group) => group.some((other) => areOne(other, approval)))', replace: 'groups.filter(() => false)', killedBy: DECIDED },
    { id: 'one approval is enough for any amount', file: DECIDE, find: 'headsOf(valid) >= remedy.approvalsNeeded', replace: 'headsOf(valid) >= 1', killedBy: DECIDED },
    { id: 'approval not bound to the revision', file: DECIDE, find: "if (command.revision !== remedy.revision) return refuse('conflict', 'It was edited since you opened it.');", replace: '', killedBy: DECIDED },
    { id: 'approval not bound to the amount', file: DECIDE, find: "if (command.amountMinor !== (remedy.amount?.minor ?? null)) return refuse('conflict', 'The amount is not the one you read.');", replace: '', killedBy: DECIDED },
    { id: 'approval not bound to the facts', file: DECIDE, find: "if (command.factsHash !== remedy.factsHash) return become(remedy, { state: 'void' });", replace: '', killedBy: DECIDED },
    { id: 'facts not looked at again before the act', file: DECIDE, find: "if (factsHash !== remedy.factsHash) return become(remedy, { state: 'void' });", replace: '', killedBy: DECIDED },
    { id: 'approvals survive a call back', file: DECIDE, find: "'It is being executed.');\n  return become(remedy, { state: 'proposed', approvals: [], revision: remedy.revision + 1", replace: "'It is being executed.');\n  return become(remedy, { state: 'proposed', revision: remedy.revision", killedBy: DECIDED },
    { id: 'a lapsed proposal is approved', file: DECIDE, find: "if (!isPaused(remedy) && isOver(remedy, now)) return refuse('conflict', 'It has lapsed unanswered.');", replace: '', killedBy: DECIDED },
    { id: 'a delegate counts beside their manager', file: STEAD, find: 'new Set([a.personId, a.onBehalfOf ?? a.personId])', replace: 'new Set([a.personId])', killedBy: NAMED },
    { id: 'a delegate decides on what their manager asked for', file: STEAD, find: '(actor.standsFor ?? []).filter((id) => !isOwn(id))', replace: '(actor.standsFor ?? [])', killedBy: NAMED },
    { id: 'an admin stands in for a manager', file: DECIDE, find: "actor.role === 'admin' || !actor.standsFor?.length", replace: '!actor.standsFor?.length', killedBy: NAMED },
    { id: 'an approval outlives the manager it was given for', file: DECIDE, find: 'managers?.has(a.onBehalfOf ?? a.personId)', replace: 'managers?.has(a.personId)', killedBy: NAMED },
    { id: 'a cohort spends beyond its budget', file: COHORT, find: '(remedy.amount?.minor ?? 0) > left.minor', replace: '(remedy.amount?.minor ?? 0) > cohort.budget.minor', killedBy: SHARED },
    { id: 'who made a cohort raises it', file: COHORT, find: "if (actor.id === cohort.createdBy) return 'You made it; another manager raises its budget.';", replace: '', killedBy: SHARED },
    { id: 'several are approved that are not clean', file: 'libs/domain/src/remedies/batch.ts', find: "checks.every((check) => check.verdict === 'pass')", replace: 'checks.length >= 0', killedBy: SHARED },
  ]),
  ...slow('role matrix', [
    { id: 'approved on an old sign-in', file: 'apps/server/src/platform/auth/recent-sign-in.ts', find: '(await this.sessions.isRecent(credential.hash, principal.id, RECENT_SIGN_IN_SECONDS))', replace: 'true', killedBy: ['apps/server/src/features/remedies/approvals/recent-sign-in.spec.ts'] },
    { id: 'a delegation lasts for ever', file: 'libs/db/src/remedies/delegation.store.ts', find: ' and d.until_at > $2', replace: '', killedBy: APPROVALS },
    { id: 'a batch approves what was not read', file: 'apps/server/src/features/remedies/approvals/approve-batch.service.ts', find: 'item.factsHash !== record.remedy.factsHash || ', replace: '', killedBy: APPROVALS },
    { id: 'nobody counts what a manager approved today', file: 'apps/server/src/features/remedies/approvals/approval-limits.ts', find: 'if (bar) return bar;', replace: '', killedBy: APPROVALS },
    { id: 'a role that went is not asked for again', file: EXECUTE, find: 'await standingHeads(tx, record.remedy.approvals)', replace: 'new Set(record.remedy.approvals.map((a) => a.onBehalfOf ?? a.personId))', killedBy: APPROVALS },
    { id: 'two at once each see room in the budget', file: 'libs/db/src/remedies/cohort.store.ts', find: "await tx.query('select 1 from remedy_cohort where id = $1::uuid for update', [id]);", replace: '', killedBy: APPROVALS },
  ]),
  ...fast('once', [
    { id: 'unknown counts as failed', file: DECIDE, find: "unknown: 'executing'", replace: "unknown: 'failed'", killedBy: DECIDED },
    { id: 'executed before it can no longer be called back', file: DECIDE, find: "if (remedy.executeAfter === null || remedy.executeAfter > now) return refuse('conflict', 'It can still be called back.');", replace: '', killedBy: DECIDED },
    { id: 'called back while it is executed', file: DECIDE, find: "if (remedy.executeAfter !== null && remedy.executeAfter <= now) return refuse('conflict', 'It is being executed.');", replace: '', killedBy: DECIDED },
    { id: 'a refund without a look before it', file: 'libs/connectors/src/shopify/client.ts', find: "if (earlier !== null) return { result: 'done', value: earlier };", replace: '', killedBy: CLIENT },
    { id: 'a look that failed lets the refund pass', file: 'libs/connectors/src/shopify/client.ts', find: "if (basis.result !== 'done') return unasked(basis);\n    const order = basis.value;\n    const earlier", replace: "const order = basis.result === 'done' ? basis.value : null;\n    const earlier", killedBy: CLIENT },
    { id: 'a key per attempt', file: 'libs/connectors/src/shopify/client.ts', find: 'variables: { input: refundInput(request, order), key: request.key }', replace: 'variables: { input: refundInput(request, order), key: String(performance.now()) }', killedBy: CLIENT },
  ]),
  ...slow('once', [
    { id: 'a key per proposal read', file: STORE, find: 'r.idempotency_key::text', replace: 'gen_random_uuid()::text as idempotency_key', killedBy: [...DONE, MODEL] },
    { id: 'a reship without a look before it', file: 'apps/server/src/features/remedies/execution/shopify-outlet.ts', find: "if (found.value !== null) return { result: 'done', value: found.value };", replace: '', killedBy: [...DONE, MODEL] },
    { id: 'no quiet period', file: EXECUTE, find: 'if (now < dueAt) {', replace: 'if (false) {', killedBy: DONE },
    { id: 'a lost reply counts as refused', file: EXECUTE, find: 'switch (called.result) {', replace: "switch (called.result === 'unknown' ? 'refused' as 'done' : called.result) {", killedBy: [...DONE, MODEL] },
    { id: 'nobody goes on after a crash', file: EXECUTE, find: "await this.jobs.execute(tx, id, waitAfter(1));", replace: '', killedBy: DONE },
    { id: 'no lock on the order of a remedy', file: EXECUTE, find: 'await lockOrders(tx, [seen.orderId]);', replace: '', killedBy: RACES },
    { id: 'remedies of one order side by side', file: EXECUTE, find: "if (others.some((other) => other.remedy.state === 'executing')) {", replace: 'if (false) {', killedBy: DONE },
    { id: 'a remedy is saved whatever happened meanwhile', file: STORE, find: 'where order_id = $1 and id = $2 and version = $3 returning 1', replace: 'where order_id = $1 and id = $2 and $3::int is not null returning 1', killedBy: RACES },
    { id: 'the result of an old attempt counts', file: EXECUTE, find: ' || record.attempts !== attempt) return;', replace: ') return;', killedBy: RACES },
    { id: 'an act is done as often as it is sent', file: 'apps/server/src/features/remedies/remedy-desk.ts', find: 'if (before) return before;', replace: '', killedBy: RACES },
    { id: 'approved by an old judgement', file: 'apps/server/src/features/remedies/approvals/decide-remedy.service.ts', find: 'if (otherwise) return', replace: 'if (otherwise && now < 0) return', killedBy: ['apps/server/src/features/remedies/approvals/approvals.spec.ts', 'apps/server/src/features/remedies/policy/remedy-policy.spec.ts'] },
    { id: 'what did not happen stays in the books', file: 'apps/server/src/features/remedies/execution/look-up-remedy.service.ts', find: 'if (isUnseen(record.remedy)) await this.remedies.strikeLedger(tx, record);', replace: '', killedBy: ['apps/server/src/features/remedies/execution/way-out.spec.ts'] },
    { id: 'nobody is told of what is not seen at the shop', file: 'apps/server/src/features/remedies/execution/sweep-remedies.service.ts', find: 'await this.miss(record, now);', replace: 'void record;', killedBy: ['apps/server/src/features/remedies/execution/way-out.spec.ts'] },
    { id: 'however many leave within an hour', file: 'apps/server/src/features/remedies/execution/execute-remedy.service.ts', find: 'if (held) return this.hold(tx, record, held);', replace: '', killedBy: ['apps/server/src/features/remedies/remedies.spec.ts'] },
    { id: 'a refused attempt leaves no line', file: 'apps/server/src/platform/auth/access.guard.ts', find: 'await this.denied.note(principal, action);', replace: '', killedBy: ['apps/server/src/platform/auth/matrix.spec.ts'] },
  ]),
  ...slow('history', [
    { id: 'decisions leave no audit', file: 'apps/server/src/features/remedies/approvals/decide-remedy.service.ts', find: "await writeAudit(tx, { actor: act.actor.id, action: `remedy.${isVoid ? 'void' : act.verb}`", replace: "void ({ actor: act.actor.id, action: `remedy.${isVoid ? 'void' : act.verb}`", killedBy: RACES },
    { id: 'remedies leave no history', file: STORE, find: "await tx.query(`insert into case_history (order_id, at, actor, what, why, after, mutation_id) values ($1,$2,$3,$4,$5,$6,$7)`, [", replace: 'void ([', killedBy: RACES },
  ]),
];
