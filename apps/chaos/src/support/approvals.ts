import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { orderIdOf } from '@orderwatch/connectors';
import type { Transactions } from '@orderwatch/db';
import { type Message, pathOf, signature } from '@orderwatch/rig';
import { Desk } from './desk.js';
import type { Shop } from './shop.js';

const AGAIN_MS = 40;
const LINES = [{ id: '1', sku: 'L', title: 'Lamp', quantity: 2, price: '20.00' }];

/** People who ask for refunds and new parcels and approve them, one after the other, whatever happens to the server: what was not answered they do again. */
export class Approvals {
  /** Ids of the remedies whose approval was answered. From then on they must happen, once. */
  readonly approved: string[] = [];
  private isStopping = false;
  private running: Promise<void> = Promise.resolve();

  private constructor(
    private readonly url: string,
    private readonly seed: string,
    private readonly people: { readonly agent: Desk; readonly manager: Desk },
  ) {}

  static async begin(url: string, seed: string): Promise<Approvals> {
    return new Approvals(url, seed, { agent: await Desk.signIn(url, 'agent@demo.test'), manager: await Desk.signIn(url, 'manager@demo.test') });
  }

  /** @param pause between two of them, milliseconds. */
  start(pause: number): void {
    this.running = (async () => {
      for (let n = 0; !this.isStopping; n += 1) {
        await this.one(n);
        await wait(pause);
      }
    })();
  }

  /** Asks for nothing new; resolves when the last was approved. */
  async settle(): Promise<void> {
    this.isStopping = true;
    await this.running;
  }

  private async one(n: number): Promise<void> {
    const { agent, manager } = this.people;
    const home = `remedy-${this.seed}-${n}`;
    const isRefund = n % 2 === 0;
    const orderId = orderIdOf('events', home);
    const input = {
      orderId, kind: isRefund ? 'refund' : 'reship', ...(isRefund ? { amountMinor: 500, currency: 'EUR' } : { lines: [{ lineId: '1', quantity: 1 }] }), reasonCode: 'lost', reason: 'Parcel lost', mutationId: randomUUID(),
    };
    await untilDone(() => this.place(home));
    await untilDone(() => agent.findPaid(orderId));
    const proposed = await untilDone(() => agent.propose(input));
    const mutationId = randomUUID();
    await untilDone(() => manager.approve(proposed, mutationId));
    this.approved.push(proposed.id);
  }

  /** An order that was paid. Nothing more is heard of it, so that what was approved stays true. */
  private async place(home: string): Promise<void> {
    const event = (type: string, at: number, data: object): object => ({ specversion: '1.0', id: `${home}/${type}`, source: 'rig', type, subject: home, time: new Date(at).toISOString(), data });
    const at = Date.UTC(2026, 0, 5);
    const body = Buffer.from(JSON.stringify([event('order.placed', at, { name: `#${home}`, currency: 'EUR', total: '40.00', lines: LINES }), event('payment.captured', at + 60_000, { amount: '40.00', currency: 'EUR' })]));
    const message: Message = { connection: 'events', body };
    const { ok, status } = await fetch(`${this.url}${pathOf(message)}`, { method: 'POST', headers: signature(message, randomUUID(), Date.now()), body, signal: AbortSignal.timeout(10_000) });
    if (!ok) throw new Error(`an order was answered ${status}`);
  }
}

/** As a person would: as long as it fails, again. What is refused for good is a fault of the test. */
async function untilDone<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries > 2_000) throw error;
      await wait(AGAIN_MS);
    }
  }
}

/**
 * As if every wait were over: attempts whose result nobody heard, jobs that fall due later, jobs whose process died. Only while nobody
 * works and the shop is quiet: these waits exist so that two attempts never overlap.
 */
export async function endWaits(db: Transactions): Promise<void> {
  await db.query(`update remedy set attempted_at = attempted_at - interval '1 hour' where state = 'executing'`);
  await db.query(`update pgboss.job set start_after = now() where name like 'remedy-%' and state in ('created', 'retry')`);
  await db.query(`update pgboss.job set state = 'retry', start_after = now() where name like 'remedy-%' and state = 'active'`);
}

/** Whether a remedy waits for somebody to act or to look. */
export async function isRemedyLeft(db: Transactions): Promise<boolean> {
  return (await db.query(`select 1 from remedy where state in ('approved', 'executing') limit 1`)).length > 0;
}

/** By the books of the shop: what was approved happened, once, and nothing else did; and we know it. */
export async function expectEachOnce(db: Transactions, shop: Shop, approvals: Approvals): Promise<void> {
  const remedies = await db.query<{ id: string; state: string; why: string; mark: string }>(
    `select id::text, state, coalesce(failure, void_reasons::text, '') as why, case kind when 'refund' then idempotency_key::text else 'reship:' || id end as mark from remedy`,
  );
  const known = new Map(remedies.map((remedy) => [remedy.id, remedy]));
  const isDone = (id: string): boolean => ['executed', 'confirmed'].includes(known.get(id)?.state ?? 'gone');
  expect(approvals.approved.filter((id) => !isDone(id)).map((id) => known.get(id) ?? id)).toEqual([]);
  const marks = (await shop.effects()).map((effect) => effect.key ?? effect.sourceIdentifier);
  expect(marks.toSorted()).toEqual(approvals.approved.map((id) => known.get(id)?.mark).toSorted());
  const ledger = await db.query<{ n: number }>(`select count(*)::int as n from remedy_ledger`);
  expect(ledger[0]?.n).toBe(approvals.approved.length);
  expect(await db.query(`select id from (select id, prev, lag(hash) over (order by id) as before from audit) chain where prev <> before`)).toEqual([]);
}
