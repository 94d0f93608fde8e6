import type { Emit } from '../admin/server.js';
import type { Courier, Receipt } from '../delivery/courier.js';
import { isScenario } from '../store/scenarios.js';
import type { LiveWorld } from './live-world.js';

/**
 * `POST /__emit {scenario, home?: "feed"|"shopify", aheadMs?, twice?, continue?}`: plays one scenario now, its deliveries one after
 * the other, and answers with the order and what each delivery got. `dead_letter` sends one that nobody can read.
 */
export function emitter(world: LiveWorld, courier: Courier, now: () => number): Emit {
  return async (request) => {
    const { scenario, home, aheadMs, twice } = request;
    if (scenario === 'dead_letter') {
      const outgoing = world.playUnreadable(now());
      return outgoing ? { scenario, order: null, deliveries: [await courier.send(outgoing)] } : undefined;
    }
    if (typeof scenario !== 'string' || !isScenario(scenario)) return undefined;
    const { order, deliveries } = world.playNow(scenario, {
      home: home === 'feed' ? 'feed' : 'shopify', now: now(), ahead: typeof aheadMs === 'number' ? aheadMs : 0, goesOn: request['continue'] === true,
    });
    const receipts: Receipt[] = [];
    for (const outgoing of twice === true ? deliveries.flatMap((one) => [one, one]) : deliveries) receipts.push(await courier.send(outgoing));
    return {
      scenario,
      order: {
        home: order.home, id: order.id, name: order.name, total: order.totalMinor, currency: order.currency, email: order.customer.email,
        parcels: order.fulfilments.map((fulfilment) => fulfilment.number),
      },
      deliveries: receipts,
    };
  };
}
