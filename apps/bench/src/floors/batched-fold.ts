import { corpus, type CorpusOptions } from '@orderwatch/rig';
import type pg from 'pg';
import { answer } from '../child-program.js';
import { connect, fold, type FloorEvent, makeTables, readEvent } from './batched-fold-statement.js';

const CONNECTIONS = 4;
const BATCH = 200;

let clients: pg.Client[] = [];
let events: FloorEvent[] = [];

interface Open {
  readonly do: 'open';
  readonly databaseUrl: string;
  readonly orders: number;
}

interface Prepare {
  readonly do: 'prepare';
  readonly messages: CorpusOptions;
  readonly first: number;
  readonly count: number;
}

async function open({ databaseUrl, orders }: Open): Promise<void> {
  clients = await Promise.all(Array.from({ length: CONNECTIONS }, () => connect(databaseUrl)));
  if (clients[0]) await makeTables(clients[0], orders);
}

/** Makes the events and reads them, before the clock runs. */
async function prepare({ messages, first, count }: Prepare): Promise<void> {
  const messageOf = corpus(messages);
  events = Array.from({ length: count }, (_, i) => readEvent(messageOf(first + i).body));
}

/** The floor of B3: events that lie in memory, read already, folded in batches. */
async function run(): Promise<void> {
  let next = 0;
  await Promise.all(clients.map(async (client) => {
    while (next < events.length) {
      const from = next;
      next += BATCH;
      await fold(client, events.slice(from, from + BATCH));
    }
  }));
}

answer((command: Open | Prepare | { readonly do: 'run' }) => {
  if (command.do === 'open') return open(command);
  return command.do === 'prepare' ? prepare(command) : run();
});
