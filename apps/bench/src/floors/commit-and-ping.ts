import { once } from 'node:events';
import { corpus, latencyOf, type CorpusOptions, type Latency } from '@orderwatch/rig';
import pg from 'pg';
import WebSocket from 'ws';
import { answer, ChildProgram } from '../child-program.js';
import { paced } from '../dashboards-pace.js';

/**
 * The floor of B5, in two parts that are timed apart: one durable commit of a fold-like statement on a single bare connection, and
 * one message to and fro over a bare WebSocket to another process.
 */
const TABLES = `
create table event (id bigint generated always as identity primary key, source text not null, external_id text not null, order_id bigint not null, body bytea not null, unique (source, external_id));
alter table event alter body set storage external;
create table orders (id bigint primary key, status text not null, version int not null, changed_at timestamptz not null);
create table exception (order_id bigint primary key, rule text not null, is_open boolean not null);
create table outbox (id bigint generated always as identity primary key, order_id bigint not null, version int not null);
insert into orders select n, 'placed', 1, now() from generate_series(0, $ORDERS - 1) as n`;
const FOLD = {
  name: 'fold',
  text: `
with e as (insert into event (source, external_id, order_id, body) values ('events', $1, $2, $3) on conflict do nothing returning order_id),
     o as (update orders set status = $4, version = version + 1, changed_at = now() where id in (select order_id from e) returning id, version),
     x as (insert into exception (order_id, rule, is_open) select id, 'carrier_exception', $4 = 'exception' from o on conflict (order_id) do update set is_open = excluded.is_open)
insert into outbox (order_id, version) select id, version from o`,
};

export type FloorCommand =
  | { readonly kind: 'open'; readonly databaseUrl: string; readonly orders: number; readonly messageBytes: number }
  | { readonly kind: 'commits' | 'pings'; readonly perSecond: number; readonly count: number; readonly corpus: CorpusOptions; readonly first: number };

let client: pg.Client;
let commit: Promise<unknown> = Promise.resolve();
let socket: WebSocket;
let message: Buffer;

async function open({ databaseUrl, orders, messageBytes }: Extract<FloorCommand, { kind: 'open' }>): Promise<void> {
  client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(TABLES.replace('$ORDERS', String(orders)));
  await client.query('vacuum analyze orders');
  message = Buffer.alloc(messageBytes, 'x');
  socket = new WebSocket(`ws://127.0.0.1:${await ChildProgram.start('floors/commit-and-ping-echo.js').ask<number>({})}`, { perMessageDeflate: false });
  await once(socket, 'open');
}

/** Latencies from the scheduled instant. */
async function timed(perSecond: number, count: number, one: (k: number, done: () => void) => void): Promise<Latency> {
  const samples: number[] = [];
  let seen = 0;
  const all = Promise.withResolvers<undefined>();
  await paced(perSecond, count, (k, { scheduled, isTimed }) => one(k, () => {
    seen += 1;
    if (isTimed) samples.push(performance.now() - scheduled);
    if (seen === count) all.resolve(undefined);
  }));
  await all.promise;
  return latencyOf(samples);
}

async function commits({ perSecond, count, corpus: options, first }: Extract<FloorCommand, { kind: 'commits' | 'pings' }>): Promise<Latency> {
  const messageOf = corpus(options);
  const failed = Promise.withResolvers<never>();
  const run = timed(perSecond, count, (k, done) => {
    const { body } = messageOf(first + k);
    const status = body.includes('shipment.exception') ? 'exception' : 'moving';
    // One connection: whoever comes while it commits waits, and the wait counts.
    commit = commit.then(() => client.query({ ...FOLD, values: [`${options.seed}-${first + k}`, (first + k) % options.orders, body, status] })).then(done, failed.reject);
  });
  return Promise.race([run, failed.promise]);
}

async function pings({ perSecond, count }: Extract<FloorCommand, { kind: 'commits' | 'pings' }>): Promise<Latency> {
  const waiting: (() => void)[] = [];
  const take = (): void => waiting.shift()?.();
  socket.on('message', take);
  const latency = await timed(perSecond, count, (_k, done) => {
    waiting.push(done);
    socket.send(message, { binary: false });
  });
  socket.off('message', take);
  return latency;
}

answer((command: FloorCommand) => {
  switch (command.kind) {
    case 'open':
      return open(command);
    case 'commits':
      return commits(command);
    case 'pings':
      return pings(command);
  }
});
