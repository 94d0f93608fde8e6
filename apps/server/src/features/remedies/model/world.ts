import { randomUUID } from 'node:crypto';
import { codeOf, markOf } from '@orderwatch/connectors';
import { movesMoney, type RemedyKind } from '@orderwatch/domain';
import type { RemedyRecord } from '@orderwatch/db';
import { doneBy, type Name, type People, type RemedyHarness } from '../../../testing/remedy-harness.js';
import type { ShopStandIn } from '../../../testing/shop-stand-in.js';
import { EXECUTE_QUEUE } from '../execution/remedy-jobs.js';
import type { RemedyAnswer } from '../remedy-answer.js';

/** Minor units of the order that everything here is about. */
export const PAID = 120_000;
const SECOND_LIMIT = 100_000;
const DAY = 86_400_000;

/** What a person saw when they approved. */
interface Vote {
  readonly by: Name;
  /** In whose name. */
  readonly head: Name;
  readonly revision: number;
  readonly amount: number | null;
  readonly at: number;
}

/** What the test itself knows of a remedy, by looking over the shoulders of people; nothing of it is read from the code under test. */
export interface Known {
  readonly id: string;
  readonly key: string;
  readonly kind: RemedyKind;
  readonly askedAt: number;
  readonly asker: Name;
  readonly votes: Vote[];
  /** Facts as they were when it was asked for, or asked for anew. */
  facts: number;
  /** It has been begun rightly. */
  hasBegun: boolean;
}

export type Trouble = ShopStandIn['trouble'] | 'slow' | 'crash';

/** What the model of the run knows: which roles there are, how often the facts changed, and what came of what. */
export interface Model {
  readonly managers: Set<Name>;
  /** Who may decide in whose stead, and until when. */
  readonly named: { readonly head: Name; readonly hand: Name; readonly until: number }[];
  readonly known: Known[];
  facts: number;
  refundedElsewhere: number;
}

/** The system under test, for one order. */
export class World {
  readonly seen = new Map<string, { readonly revision: number; readonly amount: number | null }>();
  /** Calls that the shop has taken and not answered in time; they come to their effect before its slowest execution is over. */
  private late: (() => Promise<unknown>)[] = [];
  begun = new Set<string>();

  constructor(readonly desk: RemedyHarness, readonly shop: ShopStandIn, readonly people: People, readonly order: { readonly home: string; readonly orderId: string }) {}

  get now(): number {
    return this.desk.feed.now;
  }

  async pass(milliseconds: number): Promise<void> {
    const late = this.late;
    this.late = [];
    for (const act of late) await act();
    this.desk.feed.now += milliseconds;
  }

  read(known: Known): Promise<RemedyRecord> {
    return this.desk.read(known);
  }

  /** The worker takes the remedy up, whether it is its turn or not. */
  async work(known: Known, trouble: Trouble): Promise<void> {
    const real = this.desk.outlet.execute.bind(this.desk.outlet);
    this.shop.trouble = trouble === 'slow' || trouble === 'crash' ? 'none' : trouble;
    this.desk.outlet.execute = async (record) => {
      this.begun.add(record.id);
      if (trouble === 'slow') {
        this.late.push(() => real(record));
        return { result: 'unknown', why: 'no answer in time' };
      }
      const result = await real(record);
      if (trouble === 'crash') throw new Error('died');
      return result;
    };
    try {
      await this.desk.execute.run(known.id);
    } catch (error) {
      if (!(error instanceof Error) || error.message !== 'died') throw error;
    } finally {
      this.desk.outlet.execute = real;
      this.shop.trouble = 'none';
    }
  }

  effects(known: Known) {
    const names = [known.key, `reship:${known.id}`, codeOf(known.key), markOf({ key: known.key, askedAt: known.askedAt })];
    return this.shop.effects.filter((e) => names.includes(e.key));
  }
}

/** Takes a proposal that was accepted into the model. */
export function learn(model: Model, answer: RemedyAnswer, asker: Name): void {
  if (answer.kind !== 'done') return;
  const { id, idempotencyKey, proposedAt, remedy } = doneBy(answer);
  model.known.push({ id, key: idempotencyKey, kind: remedy.kind, askedAt: proposedAt, asker, votes: [], facts: model.facts, hasBegun: false });
}

const mayStandIn = ({ named }: Model, { by, head, at }: Vote): boolean => by === head || named.some((each) => each.hand === by && each.head === head && each.until > at);

/** Whether it may be begun now, by what the test saw: enough managers of now voted for just this, nobody for their own, lately, and no fact has changed. */
export function mayBegin(model: Model, known: Known, record: RemedyRecord, now: number): boolean {
  const amount = record.remedy.amount?.minor ?? null;
  const votes = known.votes.filter((v) => v.revision === record.remedy.revision && v.amount === amount && v.by !== known.asker && v.head !== known.asker && model.managers.has(v.head) && mayStandIn(model, v) && now - v.at <= DAY);
  const needed = movesMoney(known.kind) && (amount ?? Infinity) > SECOND_LIMIT ? 2 : 1;
  // Two, of whom neither gave it for the other, nor one hand for both.
  const areTwo = votes.some((a) => votes.some((b) => ![b.by, b.head].some((name) => name === a.by || name === a.head)));
  return (needed === 2 ? areTwo : votes.length > 0) && known.facts === model.facts;
}

/** What must be true whatever happened. Throws in words. */
export async function inspect(model: Model, world: World): Promise<void> {
  const claim = (isTrue: boolean, what: string): void => {
    if (!isTrue) throw new Error(what);
  };
  let refunded = model.refundedElsewhere;
  for (const known of model.known) {
    const [effects, record] = [world.effects(known), await world.read(known)];
    claim(effects.length <= 1, `${record.number} happened ${effects.length} times`);
    for (const effect of effects) {
      claim(known.hasBegun, `${record.number} happened without a valid approval`);
      if (movesMoney(known.kind)) claim(effect.minor === record.remedy.amount?.minor, `${record.number} paid ${effect.minor ?? 'nothing'}`);
      if (effect.kind === 'refund') refunded += effect.minor ?? 0;
    }
    const { state } = record.remedy;
    if (state === 'executed' || state === 'confirmed') claim(effects.length === 1, `${record.number} is ${state}, and the shop knows nothing of it`);
    const turn = state === 'approved' ? record.remedy.executeAfter : state === 'executing' ? record.attemptedAt : null;
    claim(turn === null || world.desk.asked.some((job) => job.name === EXECUTE_QUEUE && job.id === known.id && job.startAfter >= turn), `${record.number} is ${state}, and nobody will take it up`);
    if (state === 'failed' || state === 'void') claim(effects.length === 0, `${record.number} is ${state}, and the shop did it`);
  }
  claim(refunded <= PAID, `${refunded} of ${PAID} was refunded`);
}

export const mutation = (): string => randomUUID();
