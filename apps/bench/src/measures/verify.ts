import { ChildProgram } from '../child-program.js';
import { runCli, workOf } from '../cli-run.js';
import { startCluster } from '../cluster.js';
import { alternate, type Line, type Measure, type MeasureOptions, type Sample } from '../measure.js';
import { seedStock } from '../stock.js';

/** B11: what folding and comparing add to reading. */
export const verify: Measure = {
  id: 'B11',
  title: '`verify` (rebuild of all orders), events per s, beside reading the same rows with a cursor',
  async run({ pairs, isQuick, say }: MeasureOptions): Promise<readonly Line[]> {
    const cluster = await startCluster();
    const reader = ChildProgram.start('floors/read-rows.js');
    try {
      const full = await cluster.createMigrated('stocked');
      const empty = await cluster.createMigrated('bare');
      await seedStock(full, isQuick ? { orders: 10_000, open: 500 } : { orders: 100_000, open: 5_000 });
      await runCli(full, ['verify']);
      const ours = async (): Promise<Sample> => {
        const before = cluster.usage().cpuMs;
        const { json, ms } = await workOf({ full, empty }, ['verify']);
        if (json['mismatches'] !== 0) throw new Error('verify found a difference: the stock is not what the product writes');
        const events = Number(json['events']);
        say(`ours: ${Math.round(events / (ms / 1000))} events/s, ${((cluster.usage().cpuMs - before) / events).toFixed(4)} ms CPU of PostgreSQL per event`);
        return { value: events / (ms / 1000) };
      };
      const floor = async (): Promise<Sample> => {
        const before = reader.usage().cpuMs + cluster.usage().cpuMs;
        const { events, ms } = await reader.ask<{ events: number; ms: number }>({ url: full });
        say(`floor: ${Math.round(events / (ms / 1000))} events/s`);
        return { value: events / (ms / 1000), cpuMsPerEvent: (reader.usage().cpuMs + cluster.usage().cpuMs - before) / events };
      };
      return [{
        name: 'B11', unit: 'events/s', better: 'higher', must: 0.2, aim: 0.4, ...(await alternate(pairs, ours, floor)),
        note: 'nine events an order; the time of the work, that of the same command on an empty database taken off; floor: every event and state through a cursor, bare pg, by order, nothing done with them',
      }];
    } finally {
      reader.end();
      await cluster.stop();
    }
  },
};
