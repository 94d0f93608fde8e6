import { runCli, workOf } from '../cli-run.js';
import { startCluster } from '../cluster.js';
import type { Line, Measure, MeasureOptions, Sample } from '../measure.js';
import { seedStock } from '../stock.js';

const HOUR = 3_600_000;
/** Six events each. */
const ORDERS = 25_000;

/** B12: what a person waits for who wants to know what the rules would have shown. */
export const rehearse: Measure = {
  id: 'B12',
  title: '`rehearse --as-of` over 150,000 events',
  async run({ pairs, isQuick, say }: MeasureOptions): Promise<readonly Line[]> {
    const cluster = await startCluster();
    try {
      const full = await cluster.createMigrated('stocked');
      const empty = await cluster.createMigrated('bare');
      await seedStock(full, { orders: isQuick ? 5_000 : ORDERS, open: isQuick ? 800 : 1_200 });
      const events = Number((await runCli(full, ['verify'])).json['events']);
      // The quiet ones had their last scans in the last 20 hours: ten hours ago half of the orders had news yet to come.
      const instants = [['now', new Date()], ['with half of the orders on their way', new Date(Date.now() - 10 * HOUR)], ['before any of the last scans', new Date(Date.now() - 21 * HOUR)]] as const;
      const lines: Line[] = [];
      for (const [name, at] of instants) {
        const ours: Sample[] = [];
        for (let pair = 0; pair < pairs; pair += 1) {
          const { ms } = await workOf({ full, empty }, ['rehearse', '--as-of', at.toISOString()]);
          ours.push({ value: events / (ms / 1000) });
          say(`as of ${name}: ${Math.round(events / (ms / 1000))} events/s (${Math.round(ms)} ms)`);
        }
        lines.push({
          name: `B12 as of ${name}`, unit: 'events/s', better: 'higher', must: 100_000, aim: 300_000, absolute: true, ours, floor: [],
          note: `${events} events in the store; the time of the work, that of the same command on an empty database taken off`,
        });
      }
      return lines;
    } finally {
      await cluster.stop();
    }
  },
};
