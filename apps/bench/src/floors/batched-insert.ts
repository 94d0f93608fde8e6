import { corpus, type CorpusOptions } from '@orderwatch/rig';
import type pg from 'pg';
import { answer } from '../child-program.js';
import { connect } from './batched-fold-statement.js';

/** The floor of B1: the bytes and a unique key, two hundred rows per statement, nothing else. Plain arrays of `pg`. */
const SCHEMA = `
create table floor_delivery (id bigint generated always as identity primary key, shop int not null, ext_id text not null, body bytea not null, unique (shop, ext_id));
alter table floor_delivery alter column body set storage external`;
const INSERT = 'insert into floor_delivery (shop, ext_id, body) select * from unnest($1::int[], $2::text[], $3::bytea[]) on conflict do nothing';

const CONNECTIONS = 4;
const BATCH = 200;
/** Bodies that are made before the clock runs; keys are never the same. */
const BODIES = 10_000;

let clients: pg.Client[] = [];
let bodies: Buffer[] = [];
let next = 0;

interface Open {
  readonly databaseUrl: string;
  readonly messages: CorpusOptions;
}

interface Run {
  readonly seconds: number;
}

async function open({ databaseUrl, messages }: Open): Promise<void> {
  clients = await Promise.all(Array.from({ length: CONNECTIONS }, () => connect(databaseUrl)));
  await clients[0]?.query(SCHEMA);
  const messageOf = corpus(messages);
  bodies = Array.from({ length: BODIES }, (_, n) => messageOf(n).body);
}

async function run({ seconds }: Run): Promise<{ events: number }> {
  await clients[0]?.query('truncate floor_delivery');
  const ends = performance.now() + seconds * 1000;
  const from = next;
  await Promise.all(clients.map(async (client) => {
    while (performance.now() < ends) {
      const numbers = Array.from({ length: BATCH }, (_, i) => next + i);
      next += BATCH;
      await client.query({ name: 'insert', text: INSERT, values: [numbers.map(() => 1), numbers.map((n) => `delivery-${n}`), numbers.map((n) => bodies[n % BODIES])] });
    }
  }));
  return { events: next - from };
}

answer((command: Open | Run) => ('seconds' in command ? run(command) : open(command)));
