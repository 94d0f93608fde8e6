import { setTimeout as wait } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { Transactions } from '@orderwatch/db';
import { onDatabase, operator, type Verified } from '../convergence-picture.js';
import type { Sources } from './sources.js';

/** Resolves when nothing waits in the inbox any more. */
export async function untilProcessed(db: Transactions): Promise<void> {
  while ((await db.query(`select 1 from inbox where state = 'new' limit 1`)).length > 0) await wait(50);
}

/** After everything was answered 2xx: each event is held once, applied once, none of them buried, and every order is as its events say. */
export async function expectNothingLostOrDoubled(url: string, sources: Sources): Promise<void> {
  await onDatabase(url, async (db) => {
    await untilProcessed(db);
    // First, since it says why; those are missing as well.
    expect(await db.query(`select cause, detail from inbox where state = 'dead' limit 3`)).toEqual([]);
    expect(await sources.missing(db)).toEqual([]);
    const [facts] = await db.query<{ n: number; distinct: number }>(`select count(*)::int as n, count(distinct fact_id)::int as distinct from order_event where type like 'shipment.%'`);
    expect(facts).toEqual({ n: sources.sent, distinct: sources.sent });
  });
  const { code, json } = await operator<Verified>(url, 'verify');
  expect({ code, mismatches: json.mismatches }).toEqual({ code: 0, mismatches: 0 });
}
