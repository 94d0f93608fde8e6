import { createHash } from 'node:crypto';
import { canonicalState, foldOrder, packState, unpackState, type OrderState } from '@orderwatch/domain';
import { ConfigurationStore, ordersWithoutState, streamFacts } from '@orderwatch/db';
import { say, type CommandResult } from '../usage.js';
import type { Workbench } from '../workbench.js';

/** Equal states have equal texts, except for those that were stored as plain JSON. What cannot be read is not the same. */
function isSameState(stored: string, state: OrderState, text: string): boolean {
  if (stored === packState(state)) return true;
  try {
    return canonicalState(unpackState(stored)) === text;
  } catch {
    return false;
  }
}

/** Folds every order anew from its stored events and compares. The digest covers what happened, not when we heard. */
export async function verify(bench: Workbench): Promise<CommandResult> {
  const digest = createHash('sha256');
  const sum = { orders: 0, events: 0, mismatches: 0 };
  await bench.transactions.run(async (tx) => {
    await tx.query('set transaction isolation level repeatable read read only');
    const config = await new ConfigurationStore().read(tx);
    for await (const orders of streamFacts(tx)) {
      for (const order of orders) {
        const state = foldOrder(order.orderId, order.facts, config);
        const text = canonicalState(state);
        digest.update(`${order.orderId}\n${text}\n`);
        sum.orders += 1;
        sum.events += order.facts.length;
        if (isSameState(order.stateText, state, text)) continue;
        sum.mismatches += 1;
        say(`mismatch: order ${order.homeId} of ${order.home}`);
      }
    }
    const stray = await ordersWithoutState(tx);
    for (const id of stray) say(`mismatch: events of order ${id}, which has no state`);
    sum.mismatches += stray.length;
  });
  const hash = digest.digest('hex');
  const verdict = sum.mismatches === 0 ? 'All are as their events say.' : `${sum.mismatches} differ from what their events say.`;
  return { json: { ...sum, digest: hash }, text: `${sum.orders} orders, ${sum.events} events. ${verdict}\nDigest ${hash}`, isOk: sum.mismatches === 0 };
}
