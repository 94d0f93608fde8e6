import { type CorpusOptions, LoadProcess } from '@orderwatch/rig';
import type pg from 'pg';
import { ChildProgram } from '../child-program.js';
import { startCluster } from '../cluster.js';
import { alternate, type Measure } from '../measure.js';
import { countOf, ending, metered, type MeteredSample, openDatabase, PostgresMeter, sampleOf, tell } from '../sides.js';
import { DONE_SINCE, LAST_DELIVERY, movementsOf, openOurs, stockOf } from '../webhook-sides.js';

/** So many are done before the clock starts: code that has not run is slow on both sides, and the floor's ran in the pair before. */
const WARM_UP = 10_000;

interface Backlog {
  readonly corpus: CorpusOptions;
  readonly first: number;
  readonly count: number;
}

/** Events that an `api` process accepted and nobody processed. */
const fill = (databaseUrl: string, load: LoadProcess, { corpus, first, count }: Backlog): Promise<void> =>
  ending(async (own) => {
    const api = own(await openOurs(databaseUrl, ['api']));
    const { ok } = await load.run({ port: api.port, connections: 64, pace: { kind: 'closed' }, corpus, first, count });
    if (ok !== count) throw new Error(`only ${ok} of ${count} messages were accepted`);
  });

interface Drain {
  readonly databaseUrl: string;
  readonly client: pg.Client;
  readonly meter: PostgresMeter;
  readonly count: number;
  /** Id of the last delivery before the backlog. */
  readonly mark: number;
}

const NEW = `select count(*)::int as n from inbox where state = 'new'`;

/** To the empty inbox, from when a worker that is fresh from its start has done the first of them: both sides are warm, as everywhere else. */
const drain = ({ databaseUrl, client, meter, count, mark }: Drain): Promise<MeteredSample> =>
  ending(async (own) => {
    const worker = own(await openOurs(databaseUrl, ['worker']));
    await worker.drained(mark + WARM_UP);
    const drained = await metered({ client, meter, usage: () => worker.usage() }, async () => {
      const left = await countOf(client, NEW);
      await worker.drained();
      return left;
    });
    const counted = await countOf(client, DONE_SINCE, [mark]);
    if (counted !== WARM_UP + count) throw new Error(`of a backlog of ${WARM_UP + count} events ${counted} are processed`);
    return sampleOf(drained.result, drained);
  });

/** Batches of events that lie in memory. */
async function openFolds(databaseUrl: string, orders: number, messages: CorpusOptions) {
  const floor = ChildProgram.start('floors/batched-fold.js');
  await floor.ask({ do: 'open', databaseUrl, orders });
  const client = await openDatabase(databaseUrl);
  let next = 0;
  const prepare = async (count: number): Promise<void> => {
    await floor.ask({ do: 'prepare', messages, first: next, count });
    next += count;
  };
  const run = async (meter: PostgresMeter, count: number): Promise<MeteredSample> => {
    await prepare(WARM_UP);
    await floor.ask({ do: 'run' });
    await prepare(count);
    const folded = await metered({ client, meter, usage: () => floor.usage() }, () => floor.ask({ do: 'run' }));
    const counted = await countOf(client, 'select count(*)::int as n from floor_event');
    if (counted !== next) throw new Error(`the floor folded ${next} events, but ${counted} are there`);
    return sampleOf(count, folded);
  };
  const end = async (): Promise<void> => {
    await client.end();
    floor.end();
  };
  return { run, end };
}

export const backlog: Measure = {
  id: 'B3',
  title: 'backlog drained, events per second',
  run: (options) => ending(async (own) => {
    const { orders, count } = options.isQuick ? { orders: 5_000, count: 5_000 } : { orders: 100_000, count: 50_000 };
    const corpus = movementsOf('B3', orders);
    const cluster = await startCluster();
    own({ end: () => cluster.stop() });
    options.say(`a stock of ${orders} orders on both sides`);
    const databaseUrl = await stockOf(cluster, 'ours', orders);
    const client = own(await openDatabase(databaseUrl));
    const meter = await PostgresMeter.of(client);
    const floor = own(await openFolds(await cluster.create('bare'), orders, corpus));
    const load = own(LoadProcess.start());
    let next = 0;
    const runOurs = async (): Promise<MeteredSample> => {
      const mark = await countOf(client, LAST_DELIVERY);
      const filled = WARM_UP + count;
      await fill(databaseUrl, load, { corpus, first: next, count: filled });
      next += filled;
      return tell(options, 'ours', await drain({ databaseUrl, client, meter, count, mark }));
    };
    return [{
      ...(await alternate(options.pairs, runOurs, async () => tell(options, 'floor', await floor.run(meter, count)))), name: 'B3', unit: 'events/s', better: 'higher', must: 0.4, aim: 0.7,
      note: `a backlog of ${count} events of 4 kB over ${orders} orders, one worker, ${WARM_UP} events before the clock starts; floor: one statement per 200 events, 4 connections, from memory, read already`,
    }];
  }),
};
