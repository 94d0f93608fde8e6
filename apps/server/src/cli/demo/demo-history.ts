import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { FeedHealthStore, PersonStore, systemClock, writeAudit, type PersonName, type Transactions } from '@orderwatch/db';
import { DAY, HOUR, toIso } from '@orderwatch/domain';
import { ensureFirstPeople } from '../../features/people/first-people.js';
import { Passwords } from '../../platform/auth/password.js';
import { createLogger } from '../../platform/telemetry/logger.js';
import { silentLog } from '../../pipeline/log.js';
import { Pipeline } from '../../pipeline/pipeline.js';
import { HistoryImporter, readLine, type HistoryEvent } from '../history-importer.js';
import { say, type CommandResult } from '../usage.js';
import type { Workbench } from '../workbench.js';
import { DemoDesk } from './demo-desk.js';
import { DemoRemedies } from './demo-remedies.js';
import { Chance, HandClock } from './hand-clock.js';

/** As long as reports look back. */
const DAYS = 28;
/** The seed of the synthetic store that goes on with these orders. */
const SEED = 'demo';
const CONNECTION = 'events';
const MADE = 'demo.history_made';
const PRINTER = resolve(import.meta.dirname, '../../../../simulator/dist/print-history.js');

interface Window {
  readonly from: number;
  readonly to: number;
}

/** The demo's past: heard in slices under one clock, so that cases open and close at their own times and people act in between. Made once. */
export async function demoHistory(bench: Workbench, days = DAYS, now = systemClock.now()): Promise<CommandResult> {
  const { transactions } = bench;
  if (await exists(transactions, 'select 1 from audit where action = $1', [MADE])) return said('The demo history was made before.');
  if (await exists(transactions, 'select 1 from order_state')) return said('There are orders already; no demo history is made.');
  const to = Math.floor(now / 60_000) * 60_000;
  const window = { from: to - days * DAY, to };
  const events = await readHistory(window);
  await bench.pipeline.connections.noteImported(transactions, CONNECTION, 'events');
  const figures = await play(bench, window, events);
  await transactions.run((tx) => writeAudit(tx, { actor: 'system', action: MADE, target: null, at: to, detail: { seed: SEED, from: toIso(window.from), to: toIso(to), events: events.length } }));
  return said(`${days} days: ${events.length} events, ${figures.orders} orders, ${figures.cases} cases, ${figures.remedies} remedies.`, { ...figures, events: events.length });
}

const said = (text: string, json: object = {}): CommandResult => ({ json: { text, ...json }, text, isOk: true });

async function exists(transactions: Transactions, sql: string, params: unknown[] = []): Promise<boolean> {
  return (await transactions.query(`${sql} limit 1`, params)).length > 0;
}

/** What the synthetic store printed, in the order in which it was heard. */
async function readHistory({ from, to }: Window): Promise<HistoryEvent[]> {
  const child = spawn(process.execPath, [PRINTER, '--seed', SEED, '--from', toIso(from), '--to', toIso(to)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((done, failed) => child.on('exit', done).on('error', failed));
  const events: HistoryEvent[] = [];
  let line = 0;
  for await (const text of createInterface({ input: child.stdout })) {
    const event = readLine(text, (line += 1), CONNECTION, to);
    if ('error' in event) throw new Error(`line ${event.line} of the demo history: ${event.error}`);
    events.push(event);
  }
  if ((await ended) !== 0) throw new Error('the synthetic store could not print its history');
  return events.sort((a, b) => a.receivedAt - b.receivedAt);
}

async function peopleOf(bench: Workbench): Promise<{ agents: PersonName[]; managers: PersonName[] }> {
  const people = new PersonStore(bench.transactions);
  await ensureFirstPeople({ people, passwords: new Passwords(), isDemo: true, admin: null });
  const all = (await people.list()).sort((a, b) => (a.email < b.email ? -1 : 1));
  return { agents: all.filter((p) => p.role === 'agent'), managers: all.filter((p) => p.role === 'manager') };
}

async function play(bench: Workbench, { from, to }: Window, events: readonly HistoryEvent[]): Promise<{ orders: number; cases: number; remedies: number }> {
  const { transactions, sealer, url } = bench;
  const clock = new HandClock(from);
  const { writer, deadlines } = new Pipeline({ transactions, sealer, clock, log: silentLog, connections: [] });
  const importer = new HistoryImporter({ transactions, sealer, writer, feeds: new FeedHealthStore() });
  const remedies = new DemoRemedies({ transactions, writer, clock, jobs: { url, isWorker: false, logger: createLogger({ level: 'silent', role: 'demo', secrets: [] }) } });
  const desk = new DemoDesk({ transactions, clock, chance: new Chance(20_260_101), remedies, people: await peopleOf(bench) });
  let next = 0;
  for (let start = from, end = start; start < to; start = end) {
    end = Math.min(start + sliceAt(start), to);
    await deadlines.runDue(start, true);
    const first = next;
    while (next < events.length && (events[next]?.receivedAt ?? Infinity) < end) next += 1;
    const slice = events.slice(first, next);
    const heardAt = latestPerOrder(slice);
    if (slice.length > 0) await importer.write(slice, { now: (orderId) => heardAt.get(orderId) ?? start, isImport: false, noteFeeds: end > to - 2 * DAY });
    await desk.work(start, end);
    const day = Math.floor((end - from) / DAY);
    if (day % 7 === 0 && day > Math.floor((start - from) / DAY)) say(`  ${day} of ${Math.round((to - from) / DAY)} days`);
  }
  clock.moveTo(to);
  await deadlines.runDue(to, true);
  await desk.leaveOpen(to);
  const [row] = await transactions.query<{ orders: number; cases: number; remedies: number }>(
    'select (select count(*)::int from order_state) as orders, (select count(*)::int from case_item) as cases, (select count(*)::int from remedy) as remedies');
  return row ?? { orders: 0, cases: 0, remedies: 0 };
}

/** Hour by hour while people work, in larger steps at night. */
function sliceAt(start: number): number {
  const hour = new Date(start).getUTCHours();
  return hour >= 6 && hour < 19 ? HOUR : 3 * HOUR;
}

/** An order is judged at the moment its newest event of the slice was heard. */
function latestPerOrder(events: readonly HistoryEvent[]): Map<string, number> {
  const latest = new Map<string, number>();
  for (const { facts, receivedAt } of events) {
    for (const { to } of facts) if ('orderId' in to) latest.set(to.orderId, Math.max(latest.get(to.orderId) ?? 0, receivedAt));
  }
  return latest;
}
