import { fast } from './mutant.js';

const FACTS = 'libs/domain/src/order/facts.ts';
const FOLD = 'libs/domain/src/order/fold.ts';
const LINKS = 'libs/domain/src/order/links.ts';
const NAMES = 'libs/domain/src/order/names.ts';
const PARCEL = 'libs/domain/src/order/apply-parcel.ts';
const ORDER = 'libs/domain/src/order/apply-order.ts';
const ASSESS = 'libs/domain/src/exceptions/assess.ts';
const RECONCILE = 'libs/domain/src/exceptions/reconcile.ts';
const FOLDED = ['libs/domain/src/order/order-of-facts.spec.ts'];
const NAMED = ['libs/domain/src/order/names.spec.ts'];
const LINKED = ['libs/domain/src/order/links.spec.ts'];
const ASSESSED = ['libs/domain/src/exceptions/assess.spec.ts'];
const CASES = ['libs/domain/src/exceptions/case-history.spec.ts', 'libs/domain/src/exceptions/reconcile.spec.ts', 'libs/domain/src/exceptions/case-commands.spec.ts'];

export const DOMAIN = [
  ...fast('state of the set', [
    { id: 'no tie-break by id', file: FACTS, find: 'return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;', replace: 'return 0;', killedBy: FOLDED },
    { id: 'no source rank', file: FACTS, find: 'if (a.rank !== b.rank) return a.rank - b.rank;', replace: '', killedBy: FOLDED },
    { id: 'a person ranks lowest', file: FACTS, find: 'person: 90', replace: 'person: 1', killedBy: FOLDED },
    { id: 'time of the claim ignored', file: FACTS, find: 'if (a.at !== b.at) return a.at - b.at;', replace: '', killedBy: FOLDED },
    { id: 'repeats in a set count', file: FOLD, find: 'for (const fact of facts) if (!byId.has(fact.id)) byId.set(fact.id, fact);', replace: 'for (const [i, fact] of facts.entries()) byId.set(`${fact.id} ${i}`, fact);', killedBy: FOLDED },
    { id: 'folded as they arrived', file: FOLD, find: '.sort((a, b) => comparePositions(positionOf(a), positionOf(b)))', replace: '', killedBy: FOLDED },
    { id: 'fast path for what is not last', file: FOLD, find: 'if (state.last && comparePositions(positionOf(fact), state.last) <= 0) return undefined;', replace: '', killedBy: FOLDED },
    { id: 'fast path although names change', file: FOLD, find: 'if (!keepsNames(state, fact, config)) return undefined;', replace: '', killedBy: FOLDED },
    { id: 'fast path on an old status map', file: FOLD, find: 'if (state.mapVersion !== config.statusMap.version) return undefined;', replace: '', killedBy: FOLDED },
    { id: 'fast path for news of a number that others share', file: FOLD, find: ' && !state.sharedHandles.includes(handle)', replace: '', killedBy: FOLDED },
    { id: 'two links of one instant in another order for each order', file: NAMES, find: 'return comparePositions({ ...x, id: linkIdOf(a.fact, a.handle) }, { ...y, id: linkIdOf(b.fact, b.handle) });', replace: 'return comparePositions(x, y);', killedBy: LINKED },
    { id: 'only a fact of its own links a number', file: LINKS, find: 'shipment === undefined || handle === undefined', replace: 'true || shipment === undefined || handle === undefined', killedBy: LINKED },
    { id: 'root of names by arrival', file: NAMES, find: 'else if (y < x) this.parent.set(x, y);', replace: 'else if (y < x) this.parent.set(y, x);', killedBy: FOLDED },
    { id: 'a refund counts as often as it is told', file: ORDER, find: 'fact.data.refundId ?? fact.id', replace: 'fact.id', killedBy: FOLDED },
  ]),
  ...fast('never backwards', [
    { id: 'late news move a delivered parcel', file: PARCEL, find: 'if (!AFTER_DELIVERY.has(next) || fact.at <= parcel.delivered.at) return;', replace: '', killedBy: FOLDED },
    { id: 'an exception before the delivery counts after it', file: PARCEL, find: ' || fact.at <= parcel.delivered.at) return;', replace: ') return;', killedBy: FOLDED },
    { id: 'a label after the movement', file: PARCEL, find: "if (next === 'label_created' && now) return;", replace: '', killedBy: FOLDED },
    { id: 'an earlier stage wins a tie', file: PARCEL, find: 'if (now && fact.at === now.at && STAGE[next] < STAGE[now.value]) return;', replace: '', killedBy: FOLDED },
    { id: 'the shop overrules the carrier', file: PARCEL, find: 'parcel.overruled[fact.source] = known(fact, meaning.status);\n    return;', replace: 'parcel.overruled[fact.source] = known(fact, meaning.status);', killedBy: FOLDED },
    { id: 'the lowest kind owns a parcel', file: PARCEL, find: 'sourceRank(kind) > sourceRank(owner)', replace: 'sourceRank(kind) < sourceRank(owner)', killedBy: FOLDED },
    { id: 'news of another use of the number', file: NAMES, find: 'if (!use?.orders.has(orderId)) foreign.add(fact.id);', replace: '', killedBy: NAMED },
    { id: 'a use never ends with the delivery', file: NAMES, find: 'if (began && arrived.length === 0 &&', replace: 'if (began &&', killedBy: NAMED },
    { id: 'a cancellation is undone by a release', file: ORDER, find: "if (!state.cancelled) state.order = known(fact, 'placed');", replace: "state.order = known(fact, 'placed');", killedBy: FOLDED },
  ]),
  ...fast('nothing dropped', [
    { id: 'an unknown code is guessed', file: PARCEL, find: 'noteUnmapped(parcel.unmapped, fact, fact.data.code);\n    return;', replace: "moveTo(parcel, fact, { status: 'in_transit' });\n    return;", killedBy: FOLDED },
    { id: 'an unknown code vanishes', file: PARCEL, find: 'noteUnmapped(parcel.unmapped, fact, fact.data.code);', replace: '', killedBy: FOLDED },
    { id: 'an unknown payment vanishes', file: ORDER, find: "if (!status) {\n    noteUnmapped(state.unmapped, fact, fact.data.code);", replace: 'if (!status) {', killedBy: FOLDED },
    { id: 'an unknown return vanishes', file: ORDER, find: 'else noteUnmapped(state.unmapped, fact, fact.data.code);', replace: '', killedBy: FOLDED },
    { id: 'a second code is guessed by its first level only', file: 'libs/domain/src/status-map/status-map.ts', find: 'if (Object.hasOwn(codes, code)) return codes[code];', replace: '', killedBy: ['libs/domain/src/exceptions/rules.spec.ts'] },
  ]),
  ...fast('silence is not health', [
    { id: 'silence holds no rule', file: ASSESS, find: 'if (!isHeld || context.open?.has(finding.key)) open.push(finding);', replace: 'open.push(finding);', killedBy: ASSESSED },
    { id: 'silence closes what was open', file: ASSESS, find: 'if (!isHeld || context.open?.has(finding.key)) open.push(finding);', replace: 'if (!isHeld) open.push(finding);', killedBy: ASSESSED },
    { id: 'silence holds what opened before it', file: ASSESS, find: 'silence !== undefined && condition.opensAt > silence', replace: 'silence !== undefined', killedBy: ASSESSED },
    { id: 'nobody is told what silence holds', file: ASSESS, find: 'if (isHeld) heldBy.add(condition.feed);', replace: '', killedBy: ASSESSED },
    { id: 'a stamp of the future stops the clock', file: ASSESS, find: 'Math.min(said.at, context.heard[said.factId] ?? said.at)', replace: 'said.at', killedBy: ASSESSED },
    { id: 'no feed stands behind no_movement', file: 'libs/domain/src/exceptions/rules/no-movement.ts', find: 'feed: parcel.lastMovement.source', replace: 'feed: null', killedBy: ASSESSED },
    { id: 'the unheard is called normal', file: 'libs/domain/src/views/health-sentence.ts', find: "return 'unknown'", replace: "return 'normal'", killedBy: ['libs/domain/src/views/health-sentence.spec.ts'] },
  ]),
  ...fast('cost', [
    { id: 'the latest due instant instead of the next', file: ASSESS, find: 'condition.opensAt < nextDueAt', replace: 'condition.opensAt > nextDueAt', killedBy: ASSESSED },
    { id: 'no next due instant', file: ASSESS, find: 'nextDueAt = condition.opensAt;\n', replace: 'nextDueAt = null;\n', killedBy: ASSESSED },
  ]),
  ...fast('history', [
    { id: 'a case reopens for what was acknowledged', file: RECONCILE, find: 'f.suppressedBy === null && !acknowledged.has(f.key)', replace: 'f.suppressedBy === null', killedBy: CASES },
    { id: 'opening leaves no entry', file: RECONCILE, find: "history: [{ what: current ? 'reopened' : 'opened', why: leader.key, rule: leader.rule }]", replace: 'history: []', killedBy: CASES },
    { id: 'closing by itself leaves no entry', file: RECONCILE, find: "history: [{ what: 'closed', why: 'findings ended', rule: current.rule }]", replace: 'history: []', killedBy: CASES },
    { id: 'clearing leaves no entry', file: RECONCILE, find: "history: [{ what: 'cleared', why: 'findings ended', rule: current.rule }]", replace: 'history: []', killedBy: CASES },
    { id: 'a change of findings leaves no entry', file: RECONCILE, find: "else if (changedKeys) history.push(", replace: 'else if (false) history.push(', killedBy: CASES },
    { id: 'a case closes under the hands of who acts on it', file: RECONCILE, find: 'if (isActedOn) {', replace: 'if (false) {', killedBy: CASES },
    { id: 'a resolution covers nothing', file: 'libs/domain/src/exceptions/case-commands.ts', find: '...c.findings.map((f) => f.key)', replace: '', killedBy: CASES },
  ]),
  ...fast('once', [
    { id: 'a live lease is taken over', file: 'libs/domain/src/exceptions/case-commands.ts', find: "if (heldByOther(c, actor, now)) return { ok: false, kind: 'taken', by: c.ownerId ?? '' };\n  const what", replace: 'const what', killedBy: CASES },
  ]),
];
