import { fast, slow } from './mutant.js';

const INSERT = 'libs/db/src/inbox/insert-deliveries.ts';
const INTAKE = 'libs/db/src/inbox/intake.ts';
const EVENTS = 'libs/db/src/orders/event-rows.ts';
const WRITER = 'libs/db/src/orders/order-writer.ts';
const LOCKS = 'libs/db/src/orders/advisory-locks.ts';
const ASKED = 'libs/db/src/orders/asked.ts';
const IDENTITY = 'libs/db/src/orders/identity.ts';
const PROCESSOR = 'apps/server/src/pipeline/processor.ts';
const READS = 'libs/db/src/changes/read-changes.ts';
const INBOX = ['libs/db/src/inbox/intake.spec.ts'];
const ORDERS = ['libs/db/src/orders/order-writer.spec.ts'];
const SHARED = ['libs/db/src/orders/shared-numbers.spec.ts'];
const CASES = ['libs/db/src/orders/case-of-order.spec.ts'];
const LOCKED = ['libs/db/src/orders/advisory-locks.spec.ts'];
const PROCESSED = ['apps/server/src/pipeline/processor.spec.ts'];
const READER = ['apps/server/src/platform/live/change-reader.spec.ts'];
const READ = ['libs/db/src/changes/read-changes.spec.ts'];
const HEARD = ['libs/db/src/orders/received-first.spec.ts'];
const WAITED = ['libs/db/src/orders/waiting-news.spec.ts'];
const TOLD = ['libs/db/src/orders/case-history.spec.ts'];
const ACTS = ['apps/server/src/features/exceptions/acts/case-acts.spec.ts'];
const COMMITS = ['libs/db/src/transactions.spec.ts'];
const AUDIT = ['libs/db/src/audit/audit.spec.ts'];

export const STORE = [
  ...fast('announced when committed', [
    { id: 'changes are read by id', file: READS, find: '(c.xid, c.id) > ($1::xid8, $2::bigint) and c.xid', replace: '$1::xid8 is not null and c.id > $2::bigint and c.xid', killedBy: READ },
    { id: 'changes are read before they are settled', file: READS, find: 'and c.xid < h.xid and', replace: 'and', killedBy: READ },
    { id: 'a gap is called caught up with', file: READS, find: 'first?.xid === after.xid && first.id === after.id && missed.length <= limit ? missed : undefined', replace: 'first ? missed : []', killedBy: READ },
    { id: 'what nobody asks for is where reading stops', file: READS, find: "{ xid: read[0]?.horizon ?? after.xid, id: '0' }", replace: 'after', killedBy: READ },
    { id: 'what happened while nobody looked is told afterwards', file: 'apps/server/src/platform/live/change-reader.ts', find: 'if (this.chains.size === 0) this.cursor = await settledPosition(this.options.db);', replace: '', killedBy: READER },
    { id: 'a reader starts at the end of what is not settled', file: READS, find: "select pg_snapshot_xmin(pg_current_snapshot())::text as xid'", replace: "select pg_snapshot_xmax(pg_current_snapshot())::text as xid'", killedBy: READ },
    { id: 'told before the commit', file: 'libs/db/src/transactions.ts', find: 'this.hooks.push(work);', replace: 'work();', killedBy: COMMITS },
    { id: 'a statement by itself counts as committed before it is', file: 'libs/db/src/transactions.ts', find: 'new Sender(client, true)', replace: 'new Sender(client)', killedBy: COMMITS },
    { id: 'told although it was taken back', file: 'libs/db/src/transactions.ts', find: "await client.query('rollback')", replace: "for (const hook of tx.hooks) hook(); await client.query('rollback')", killedBy: COMMITS },
    { id: 'two read on from one place', file: 'apps/server/src/platform/live/change-reader.ts', find: 'if (this.inLine > 0) return false;', replace: '', killedBy: READER },
    { id: 'a change names no change before it', file: 'apps/server/src/platform/live/change-reader.ts', find: 'this.chains.set(row.topic, seqOf(row));', replace: '', killedBy: READER },
  ]),
  ...fast('once', [
    { id: 'no key of a delivery', file: INSERT, find: 'key: sha256(key) })));', replace: 'key: sha256(String(performance.now() + Math.random())) })));', killedBy: INBOX },
    { id: 'a reused id is a repeat', file: INSERT, find: 'bool_or(keyed.inbox_id <> sorted.id and keyed.content_hash <> sorted.content_hash) as is_reused', replace: 'false as is_reused', killedBy: INBOX },
    { id: 'a reused id is kept again and again', file: INSERT, find: 'const NOT_KEPT_YET = `not exists (', replace: 'const NOT_KEPT_YET = `true or not exists (', killedBy: INBOX },
    { id: 'repeats are not counted', file: INSERT, find: 'set repeats = k.repeats + 1', replace: 'set repeats = k.repeats', killedBy: INBOX },
    { id: 'two processors claim the same rows', file: 'libs/db/src/inbox/inbox.store.ts', find: "order by inbox.id limit $1::int for update skip locked", replace: 'order by inbox.id limit $1::int', killedBy: INBOX },
    { id: 'a claim without compare and set', file: 'libs/db/src/cases/case-acts.store.ts', find: 'where order_id = $1 and version = $2 and', replace: 'where order_id = $1 and $2::int is not null and', killedBy: ['libs/db/src/cases/case-acts.store.spec.ts'] },
    { id: 'a claim does not look at the lease', file: 'libs/db/src/cases/case-acts.store.ts', find: ' or lease_until is null or lease_until <= $18)', replace: ' or $18::timestamptz is not null)', killedBy: ['libs/db/src/cases/case-acts.store.spec.ts'] },
  ]),
  ...fast('state of the set', [
    { id: 'the last telling of a fact stands', file: EVENTS, find: 'else reused.push({ inboxId: row.inboxId, factId: row.fact.id });', replace: 'else { reused.push({ inboxId: row.inboxId, factId: row.fact.id }); replaced.push(row); }', killedBy: ORDERS },
    { id: 'the last telling within a batch stands', file: EVENTS, find: 'if (!before) byKey.set(keyOf(row), row);', replace: 'if (!before || saysOther(row, before)) byKey.set(keyOf(row), row);', killedBy: ORDERS },
    { id: 'the latest reception counts', file: EVENTS, find: 'if (row.receivedAt < before.received_at.getTime()) earlier.push(row);', replace: 'if (row.receivedAt > before.received_at.getTime()) earlier.push(row);', killedBy: HEARD },
    { id: 'the latest reception within a batch counts', file: EVENTS, find: 'else if (row.receivedAt < before.receivedAt) byKey', replace: 'else if (row.receivedAt > before.receivedAt) byKey', killedBy: HEARD },
    { id: 'the latest reception of what waits counts', file: IDENTITY, find: 'do update set received_at = least(u.received_at, excluded.received_at)', replace: 'do update set received_at = greatest(u.received_at, excluded.received_at)', killedBy: HEARD },
    { id: 'a fact that is known earlier changes nothing', file: EVENTS, find: 'new Set([...earlier, ...replaced].map((r) => r.orderId))', replace: 'new Set<string>()', killedBy: HEARD },
    { id: 'the last telling of what waits stands', file: IDENTITY, find: '(u.type, u.at, u.data) = (excluded.type, excluded.at, excluded.data) or (', replace: 'true or (', killedBy: WAITED },
    { id: 'a replay of what waits changes nothing', file: IDENTITY, find: ' or ($11::boolean and u.inbox_id', replace: ' or ($11::boolean and false and u.inbox_id', killedBy: WAITED },
    { id: 'a replay of what waited links the old reading', file: IDENTITY, find: 'if (isReplay) for (const [handle, known] of gained)', replace: 'if (false) for (const [handle, known] of gained)', killedBy: WAITED },
    { id: 'news that waited are forgotten', file: IDENTITY, find: 'for (const row of await tx.prepared<FactRow & { handle: string }>(TAKE_WAITING, [handles])) gain(row, null);', replace: 'await tx.prepared(TAKE_WAITING, [handles]);', killedBy: HEARD },
    { id: 'no lock on parcel numbers', file: LOCKS, find: "const keys = sortedKeys('handle', handles);", replace: 'const keys: string[] = []; void handles;', killedBy: LOCKED },
    { id: 'no lock on orders', file: LOCKS, find: "const keys = sortedKeys('order', orders);\n  if", replace: 'const keys: string[] = []; void orders;\n  if', killedBy: LOCKED },
    { id: 'locks in the order they were named', file: LOCKS, find: 'return keys.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)).map(String);', replace: 'return keys.map(String);', killedBy: LOCKED },
    { id: 'an order is written that somebody else writes', file: ASKED, find: 'every((order) => held.has(order)));', replace: 'every(() => true));', killedBy: PROCESSED },
    { id: 'a number is linked that somebody else links', file: ASKED, find: 'every((handle) => ours.has(handle)));', replace: 'every(() => true));', killedBy: PROCESSED },
    { id: 'what was left waits until somebody looks', file: PROCESSOR, find: 'left: deliveries.length - finished.length };', replace: 'left: 0 };', killedBy: PROCESSED },
  ]),
  ...slow('nothing dropped', [
    { id: 'dead letters are dropped', file: INSERT, find: "const stateOf = (d: NewDelivery): string => (d.dead ? 'dead' :", replace: "const stateOf = (d: NewDelivery): string => (d.dead ? 'done' :", killedBy: [...INBOX, 'apps/server/src/features/ingest/webhook.routes.spec.ts'] },
    { id: 'what cannot be processed is done', file: PROCESSOR, find: "state: 'dead', cause: 'processing_failed'", replace: "state: 'done', cause: 'processing_failed'", killedBy: PROCESSED },
    { id: 'a dead letter without its reason', file: 'apps/server/src/pipeline/understand.ts', find: 'cause: result.cause, detail: result.detail', replace: "cause: 'unknown', detail: ''", killedBy: PROCESSED },
    { id: 'a poison row takes its neighbours along', file: PROCESSOR, find: 'for (const half of [ids.slice(0, middle), ids.slice(middle)])', replace: 'for (const id of ids) await this.bury(id, error);\n    for (const half of [] as string[][])', killedBy: PROCESSED },
    { id: 'a replay that changes nothing', file: 'libs/db/src/inbox/inbox.store.ts', find: "and (state = 'dead' or", replace: "and (state = 'new' or", killedBy: PROCESSED },
  ]),
  ...fast('accepted survives', [
    { id: 'answered before the commit', file: INTAKE, find: 'const { accepted, isLeft } = await this.write(batch.flatMap((w) => w.deliveries));', replace: "for (const w of batch) w.resolve(w.deliveries.map(() => ({ outcome: 'stored', id: '1' })));\n      const { accepted, isLeft } = await this.write(batch.flatMap((w) => w.deliveries));", killedBy: INBOX },
    { id: 'taken without end', file: INTAKE, find: "if (isFull && this.waitingRows > 0) return Promise.reject(new CannotStore('queue_full'));", replace: '', killedBy: INBOX },
    { id: 'a stop that does not wait', file: INTAKE, find: 'if (this.queue.length > 0 || this.inFlight > 0) await', replace: 'if (false) await', killedBy: ['libs/db/src/inbox/intake-stop.spec.ts'] },
    { id: 'the first to come is a batch of its own, and all others wait for it', file: INTAKE, find: 'this.waitingRows >= Math.min(BATCH_ROWS, this.crowd / 2)', replace: 'this.inFlight === 0 || this.waitingRows >= 32', killedBy: ['libs/db/src/inbox/intake-batches.spec.ts'] },
    { id: 'one impossible row fails its neighbours', file: INTAKE, find: 'else if (batch.length > 1) for (const waiting of batch) await this.flush([waiting]);', replace: 'else if (batch.length > 1) for (const waiting of batch) waiting.reject(error);', killedBy: INBOX },
    { id: 'stored bytes are others', file: 'libs/db/src/body-sealing.ts', find: 'return inflateRawSync(decrypt(key, sealed, \'inbox\'), options);', replace: 'return inflateRawSync(decrypt(key, sealed, \'inbox\'), options).subarray(1);', killedBy: INBOX },
  ]),
  ...fast('history', [
    { id: 'rules leave no history', file: 'libs/db/src/orders/case-decisions.ts', find: 'for (const entry of decision?.history ?? []) {', replace: 'for (const entry of [] as NonNullable<typeof decision>["history"]) {', killedBy: TOLD },
    { id: 'the audit forks', file: 'libs/db/src/audit/audit.store.ts', find: "await tx.prepared('select pg_advisory_xact_lock($1::bigint)', [AUDIT_LOCK]);", replace: '', killedBy: AUDIT },
    { id: 'the audit does not chain', file: 'libs/db/src/audit/audit.store.ts', find: 'const prev = tail?.hash ?? GENESIS;', replace: 'const prev = GENESIS; void tail;', killedBy: AUDIT },
    { id: 'the audit does not notice', file: 'libs/db/src/audit/chain.ts', find: 'row.hash.equals(hashOf(prev, { at: row.at.getTime(), actor, action, target }, row.detail))', replace: 'row.hash.length > 0', killedBy: AUDIT },
    { id: 'an end of the audit that was cut off is not missed', file: 'libs/db/src/audit/check-audit.ts', find: 'before?.head && !(await stands(db, before.head))', replace: 'before?.head && false', killedBy: AUDIT },
    { id: 'an alarm of the audit ends by itself', file: 'libs/db/src/audit/check-audit.ts', find: 'before === null || before.broken !== null ||', replace: 'before === null ||', killedBy: AUDIT },
  ]),
  ...fast('silence is not health', [
    { id: 'a writer does not know of silences', file: WRITER, find: 'silences: config.silences', replace: 'silences: {}', killedBy: CASES },
    { id: 'held orders are not released', file: 'libs/db/src/feeds/feed-health.ts', find: "where s.held_by <> '{}' and", replace: 'where false and', killedBy: CASES },
  ]),
  ...slow('announced when committed', [
    { id: 'orders change unannounced', file: WRITER, find: '...orders.map((order) => orderChange(order, work)), ', replace: '', killedBy: TOLD },
    { id: 'cases change unannounced', file: WRITER, find: ', ...caseChanges, ...', replace: ', ...(caseChanges.slice(0, 0)), ...', killedBy: TOLD },
    { id: 'acts of people go unannounced', file: 'apps/server/src/features/exceptions/acts/case-act.service.ts', find: '...(await caseChanges(tx, [act.orderId], cause)), ', replace: '', killedBy: ACTS },
  ]),
  ...slow('state of the set', [
    { id: 'a new order of a number does not hear of links that news implied', file: IDENTITY, find: 'gain({ ...row, handle }, row.order_id, toldToOthers(fact, row.order_id));', replace: 'void gain;', killedBy: SHARED },
    { id: 'an order shares its own news, not only the link', file: IDENTITY, find: '(own === null ? undefined : linkFactOf(fact, own)) ?? fact', replace: 'own === null || linkFactOf(fact, own) ? fact : fact', killedBy: SHARED },
    { id: 'an order is told its own link', file: IDENTITY, find: 'if (own !== orderId) rows.push', replace: 'rows.push', killedBy: SHARED },
    { id: 'a new order of a number does not hear its past', file: IDENTITY, find: 'for (const row of await tx.prepared<StoredEventRow>(HISTORY, [handles])) gain(row, row.order_id);', replace: '', killedBy: ORDERS },
  ]),
  ...slow('cost', [
    { id: 'the next due instant is not stored', file: WRITER, find: 'assessment, nextDueAt: assessment.nextDueAt, before', replace: 'assessment, nextDueAt: null, before', killedBy: ORDERS },
    { id: 'an event writes orders it does not touch', file: WRITER, find: 'const orders = all.filter((order) => !isSameOrder(order));', replace: 'const orders = all; void isSameOrder;', killedBy: ORDERS },
  ]),
];
