import { fast, slow } from './mutant.js';

const DECIDE = 'libs/domain/src/remedies/decide.ts';
const EXECUTE = 'apps/server/src/features/remedies/execute-remedy.service.ts';
const STORE = 'libs/db/src/remedies/remedy.store.ts';
const DECIDED = ['libs/domain/src/remedies/decide.spec.ts', 'libs/domain/src/remedies/four-eyes.spec.ts'];
const RACES = ['apps/server/src/features/remedies/remedy-races.spec.ts'];
const DONE = ['apps/server/src/features/remedies/remedies.spec.ts'];
const CLIENT = ['libs/connectors/src/shopify/client.spec.ts'];

export const REMEDIES = [
  ...fast('role matrix', [
    { id: 'one approves what one asked for', file: DECIDE, find: "if (actor.id === remedy.proposedBy) return 'You asked for this yourself; another person decides.';", replace: '', killedBy: DECIDED },
    { id: 'an editor approves', file: DECIDE, find: "if (remedy.editors.includes(actor.id)) return 'You edited this; another person decides.';", replace: '', killedBy: DECIDED },
    { id: 'anybody approves', file: DECIDE, find: "if (actor.role !== 'manager') return 'Only a manager decides on remedies.';", replace: '', killedBy: DECIDED },
    { id: 'the proposer counts among the approvers', file: DECIDE, find: 'people.delete(remedy.proposedBy);', replace: '', killedBy: DECIDED },
    { id: 'one manager approves twice', file: DECIDE, find: 'const people = new Set(approvals.filter((a) => a.revision === remedy.revision && a.factsHash === remedy.factsHash).map((a) => a.personId));', replace: 'const people = new Set(approvals.map((_, i) => String(i)));', killedBy: DECIDED },
    { id: 'one approval is enough for any amount', file: DECIDE, find: 'people.size >= remedy.approvalsNeeded', replace: 'people.size >= 1', killedBy: DECIDED },
    { id: 'approval not bound to the revision', file: DECIDE, find: "if (command.revision !== remedy.revision) return refuse('conflict', 'It was edited since you opened it.');", replace: '', killedBy: DECIDED },
    { id: 'approval not bound to the amount', file: DECIDE, find: "if (command.amountMinor !== (remedy.amount?.minor ?? null)) return refuse('conflict', 'The amount is not the one you read.');", replace: '', killedBy: DECIDED },
    { id: 'approval not bound to the facts', file: DECIDE, find: "if (command.factsHash !== remedy.factsHash) return become(remedy, { state: 'void' });", replace: '', killedBy: DECIDED },
    { id: 'facts not looked at again before the act', file: DECIDE, find: "if (factsHash !== remedy.factsHash) return become(remedy, { state: 'void' });", replace: '', killedBy: DECIDED },
    { id: 'approvals survive a call back', file: DECIDE, find: "state: 'proposed', approvals: [], revision: remedy.revision + 1", replace: "state: 'proposed', revision: remedy.revision", killedBy: DECIDED },
    { id: 'a lapsed proposal is approved', file: DECIDE, find: "if (remedy.expiresAt !== null && remedy.expiresAt <= now) return refuse('conflict', 'It has lapsed unanswered.');", replace: '', killedBy: DECIDED },
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
    { id: 'a key per proposal read', file: STORE, find: 'r.idempotency_key::text', replace: 'gen_random_uuid()::text as idempotency_key', killedBy: DONE },
    { id: 'a reship without a look before it', file: 'apps/server/src/features/remedies/shopify-outlet.ts', find: "if (found.value !== null) return { result: 'done', value: found.value };", replace: '', killedBy: DONE },
    { id: 'no quiet period', file: EXECUTE, find: 'if (now < dueAt) {', replace: 'if (false) {', killedBy: DONE },
    { id: 'a lost reply counts as refused', file: EXECUTE, find: 'switch (called.result) {', replace: "switch (called.result === 'unknown' ? 'refused' as 'done' : called.result) {", killedBy: DONE },
    { id: 'nobody goes on after a crash', file: EXECUTE, find: "await this.jobs.execute(tx, id, waitAfter(1));", replace: '', killedBy: DONE },
    { id: 'no lock on the order of a remedy', file: EXECUTE, find: 'await lockOrders(tx, [seen.orderId]);', replace: '', killedBy: RACES },
    { id: 'remedies of one order side by side', file: EXECUTE, find: "if (others.some((other) => other.remedy.state === 'executing')) {", replace: 'if (false) {', killedBy: DONE },
    { id: 'a remedy is saved whatever happened meanwhile', file: STORE, find: 'where order_id = $1 and id = $2 and version = $3 returning 1', replace: 'where order_id = $1 and id = $2 and $3::int is not null returning 1', killedBy: RACES },
    { id: 'the result of an old attempt counts', file: EXECUTE, find: ' || record.attempts !== attempt) return;', replace: ') return;', killedBy: RACES },
    { id: 'an act is done as often as it is sent', file: 'apps/server/src/features/remedies/decide-remedy.service.ts', find: "if (await this.wasDone(tx, record, act.mutationId)) return { kind: 'done', remedy: record };", replace: '', killedBy: RACES },
  ]),
  ...slow('history', [
    { id: 'decisions leave no audit', file: 'apps/server/src/features/remedies/decide-remedy.service.ts', find: "await writeAudit(tx, { actor: act.actor.id, action: `remedy.${isVoid ? 'void' : act.verb}`", replace: "void ({ actor: act.actor.id, action: `remedy.${isVoid ? 'void' : act.verb}`", killedBy: RACES },
    { id: 'remedies leave no history', file: STORE, find: "await tx.query(`insert into case_history (order_id, at, actor, what, why, after, mutation_id) values ($1,$2,$3,$4,$5,$6,$7)`, [", replace: 'void ([', killedBy: RACES },
  ]),
];
