import { randomUUID } from 'node:crypto';
import { CaseActsStore, readCase, type PersonName, type Transactions } from '@orderwatch/db';
import { HOUR, MINUTE, outcomesFor, type RuleId } from '@orderwatch/domain';
import { ActOnCase } from '../../features/exceptions/acts/case-act.service.js';
import { ClaimCase, NextCase, PassTime, ResolveCase, SnoozeCase } from '../../features/exceptions/acts/case-commands.service.js';
import { LiveWake } from '../../platform/live/live-wake.js';
import { CARRIED_OUT_WITHIN, type DemoRemedies, type Proposed } from './demo-remedies.js';
import type { Chance, HandClock } from './hand-clock.js';

/** What the desk asks for when nothing else helps, by rule. */
const REMEDY_FOR: Readonly<Partial<Record<RuleId, { readonly kind: 'refund' | 'reship'; readonly code: string; readonly reason: string; readonly share: number }>>> = {
  lost: { kind: 'refund', code: 'lost', reason: 'The carrier confirmed the loss; the customer does not want to wait for another one.', share: 1 },
  damaged: { kind: 'reship', code: 'damaged', reason: 'Arrived broken, photo in the ticket; send the same again.', share: 1 },
  delivered_not_received: { kind: 'reship', code: 'not_received', reason: 'Nothing at the door, nothing with the neighbours; first time for this customer.', share: 1 },
  missing_item: { kind: 'refund', code: 'missing_item', reason: 'One piece was not in the box; packing list and weight agree with the customer.', share: 0.4 },
  returned_to_sender: { kind: 'refund', code: 'returned', reason: 'Came back as undeliverable; the customer ordered elsewhere meanwhile.', share: 1 },
  promise_missed: { kind: 'refund', code: 'late', reason: 'Needed for a birthday and arrives too late; shipping and a part of the price back.', share: 0.2 },
};
/** Cases an agent can look at in an hour. */
const TURNS = 3;
/** The desk is never quite empty: the visitor is to find work. */
const KEPT_FREE = 16;
const NOTES = ['called the carrier', 'wrote to the customer', 'asked the warehouse', 'tracking moved again while looking', null, null];

interface Answer {
  readonly at: number;
  readonly proposed: Proposed;
  readonly agent: PersonName;
}

interface People {
  readonly agents: readonly PersonName[];
  readonly managers: readonly PersonName[];
}

/** The demo's people at work: they claim, resolve, put off, ask for remedies and approve them, through the use cases of the product. */
export class DemoDesk {
  private readonly claim: ClaimCase;
  private readonly next: NextCase;
  private readonly resolve: ResolveCase;
  private readonly snooze: SnoozeCase;
  private readonly passTime: PassTime;
  private answers: Answer[] = [];

  constructor(private readonly parts: { readonly transactions: Transactions; readonly clock: HandClock; readonly chance: Chance; readonly remedies: DemoRemedies; readonly people: People }) {
    const { transactions, clock } = parts;
    const store = new CaseActsStore();
    const act = new ActOnCase(transactions, store, new LiveWake(), clock);
    this.claim = new ClaimCase(act);
    this.next = new NextCase(transactions, store, act);
    this.resolve = new ResolveCase(act);
    this.snooze = new SnoozeCase(act, store);
    this.passTime = new PassTime(transactions, store, act, clock);
  }

  /** What is done at the desk in that time. */
  async work(start: number, end: number): Promise<void> {
    const { clock, remedies, chance, people } = this.parts;
    await this.passTime.run();
    const staff = people.agents.slice(0, staffAt(start));
    const turns = staff.length * TURNS;
    let free = turns > 0 ? await this.countFree() : 0;
    for (let turn = 0; turn < turns; turn += 1) {
      if (free <= (chance.next() < 0.03 ? 0 : KEPT_FREE)) continue;
      clock.moveTo(start + ((turn + chance.next()) / turns) * (end - start));
      const agent = chance.pick(staff);
      if (agent && (await this.takeOne(agent))) free -= 1;
    }
    await this.answerProposals(end);
    await remedies.carryOut(end - 1);
  }

  private async countFree(): Promise<number> {
    const [row] = await this.parts.transactions.prepared<{ n: number }>("select count(*)::int as n from case_item where state = 'new' and not backlog");
    return row?.n ?? 0;
  }

  /** What stands on the desk when the visitor comes: cases in hand, one put off, proposals that wait for a manager. */
  async leaveOpen(now: number): Promise<void> {
    const { clock, people, transactions, remedies } = this.parts;
    clock.moveTo(now);
    const [first, second] = people.agents;
    if (!first || !second) return;
    let waiting = 0;
    const rows = await transactions.query<{ order_id: string; rule: RuleId }>(
      `select order_id, rule from case_item where state = 'new' and not backlog and rule = any($1::text[]) order by severity, opened_at desc limit 12`, [Object.keys(REMEDY_FOR)]);
    for (const { order_id: orderId, rule } of rows) {
      const wanted = REMEDY_FOR[rule];
      if (!wanted || waiting === 4) break;
      if (await remedies.ask(orderId, wanted.kind, wanted, waiting % 2 === 0 ? second : first)) waiting += 1;
    }
    for (const agent of [first, second, second]) await this.next.run(this.queueOf(agent), randomUUID(), agent);
    const later = await this.next.run(this.queueOf(first), randomUUID(), first);
    if (later.kind !== 'done' || later.orderId === null) return;
    await this.putOff(later.orderId, now + 20 * HOUR, first);
  }

  private async putOff(orderId: string, until: number, agent: PersonName): Promise<void> {
    const record = await readCase(this.parts.transactions, orderId);
    if (record) await this.snooze.run({ orderId, expectedVersion: record.version, mutationId: randomUUID() }, new Date(until), agent);
  }

  private queueOf(agent: PersonName) {
    return { view: 'next_up' as const, filter: {}, orderIds: null, personId: agent.id, now: new Date(this.parts.clock.now()) };
  }

  private async takeOne(agent: PersonName): Promise<boolean> {
    const { clock, chance, transactions, remedies } = this.parts;
    const taken = await this.next.run(this.queueOf(agent), randomUUID(), agent);
    if (taken.kind !== 'done' || taken.orderId === null) return false;
    const { orderId } = taken;
    const record = await readCase(transactions, orderId);
    if (!record) return false;
    clock.moveTo(clock.now() + chance.between(2, 9) * MINUTE);
    const wanted = REMEDY_FOR[record.snapshot.rule];
    if (wanted && chance.next() < (wanted.code === 'late' ? 0.12 : 0.75)) {
      const asked = await remedies.ask(orderId, wanted.kind, wanted, agent);
      if (asked) {
        const at = clock.now() + chance.between(20, 240) * MINUTE;
        this.answers.push({ at, proposed: asked, agent });
        await this.putOff(orderId, at + 30 * MINUTE, agent);
        return true;
      }
    }
    const outcomes = outcomesFor(record.snapshot.rule).map((o) => o.id).filter((id) => id !== 'refunded' && id !== 'reshipped');
    await this.close(orderId, outcomes[Math.floor(chance.next() ** 2 * outcomes.length)] ?? 'cannot_fix', agent);
    return true;
  }

  private async close(orderId: string, outcome: string, agent: PersonName): Promise<void> {
    const record = await readCase(this.parts.transactions, orderId);
    if (!record || record.snapshot.state === 'resolved') return;
    await this.resolve.run({ orderId, expectedVersion: record.version, mutationId: randomUUID() }, outcome, this.parts.chance.pick(NOTES) ?? null, agent);
  }

  /** A manager answers within hours; what was approved is carried out, and the agent closes the case. */
  private async answerProposals(until: number): Promise<void> {
    const { clock, chance, remedies, people, transactions } = this.parts;
    const ready = this.answers.filter((answer) => answer.at < until).sort((a, b) => a.at - b.at);
    this.answers = this.answers.filter((answer) => answer.at >= until);
    for (const { at, proposed, agent } of ready) {
      const { orderId } = proposed;
      const manager = chance.pick(people.managers);
      if (!manager) continue;
      clock.moveTo(at);
      const isApproved = await remedies.answer(proposed, chance.next() < 0.85, manager, 'The carrier is still looking; ask again on Friday.');
      await remedies.carryOut(at + CARRIED_OUT_WITHIN);
      const record = await readCase(transactions, orderId);
      if (!record || record.snapshot.state === 'resolved') continue;
      const mine = await this.claim.run({ orderId, expectedVersion: record.version, mutationId: randomUUID() }, agent);
      if (mine.kind !== 'done') continue;
      const outcomes = outcomesFor(record.snapshot.rule).map((o) => o.id);
      const wanted = REMEDY_FOR[record.snapshot.rule]?.kind === 'reship' ? 'reshipped' : 'refunded';
      await this.close(orderId, isApproved && outcomes.includes(wanted) ? wanted : (outcomes.at(-1) ?? 'cannot_fix'), agent);
    }
  }
}

/** Two by day, one in the evening and at weekends, nobody at night. */
function staffAt(at: number): number {
  const date = new Date(at);
  const hour = date.getUTCHours();
  if (hour < 7 || hour >= 19) return 0;
  const isWeekend = date.getUTCDay() === 0 || date.getUTCDay() === 6;
  return isWeekend || hour >= 16 ? 1 : 2;
}
