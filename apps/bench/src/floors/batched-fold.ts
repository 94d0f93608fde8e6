import { corpus, type CorpusOptions } from '@orderwatch/rig';
import type pg from 'pg';
import { connect, fold, type FloorEvent, makeTables, readEvent } from './batched-fold-statement.js';
import { answerParent } from './channel.js';

const CONNECTIONS = 4;
const BATCH = 200;

let clients: pg.Client[] = [];
let events: FloorEvent[] = [];

async function open({ databaseUrl, orders }: { databaseUrl: string; orders: number }): Promise<void> {
  clients = await Promise.all(Array.from({ length: CONNECTIONS }, () => connect(databaseUrl)));
  if (clients[0]) await makeTables(clients[0], orders);
}

/** Makes the events and reads them, before the clock runs. */
async function prepare({ messages, first, count }: { messages: CorpusOptions; first: number; count: number }): Promise<void> {
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

answerParent({ open, prepare, run });
