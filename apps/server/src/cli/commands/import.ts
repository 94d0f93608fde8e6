import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { groupByOrder, HistoryImporter, readLine, type HistoryEvent, type RejectedLine } from '../history-importer.js';
import { say, UsageError, type CommandResult } from '../usage.js';
import type { Workbench } from '../workbench.js';

/** Events held in memory before they are written: many of one order's events then meet in one transaction. */
const WINDOW = 30_000;
const CONNECTION = 'events';
const MOST_NAMED = 10_000;

async function openInput(file: string): Promise<Readable> {
  if (file === '-') return process.stdin;
  await access(file).catch(() => {
    throw new UsageError(`There is no file ${file}.`);
  });
  const raw = createReadStream(file);
  return file.endsWith('.gz') ? raw.on('error', () => undefined).pipe(createGunzip()) : raw;
}

/** Back-fills history from CloudEvents as JSON lines; nobody is told anything. */
export async function importHistory(bench: Workbench, file: string, now: number): Promise<CommandResult> {
  const input = await openInput(file);
  await bench.pipeline.connections.noteImported(bench.transactions, CONNECTION, 'events');
  const importer = new HistoryImporter({ transactions: bench.transactions, sealer: bench.sealer, writer: bench.pipeline.writer });
  const sum = { read: 0, accepted: 0, duplicates: 0 };
  const rejected: RejectedLine[] = [];
  const write = async (events: readonly HistoryEvent[]): Promise<void> => {
    for (const group of groupByOrder(events)) {
      const counts = await importer.write(group, { now, isImport: true });
      sum.accepted += counts.accepted;
      sum.duplicates += counts.duplicates;
      rejected.push(...counts.rejected);
      say(`${sum.read} lines read, ${sum.accepted} events taken, ${sum.duplicates} known already, ${rejected.length} rejected`);
    }
  };
  let window: HistoryEvent[] = [];
  for await (const text of createInterface({ input, crlfDelay: Infinity })) {
    if (text.trim() === '') continue;
    sum.read += 1;
    const event = readLine(text, sum.read, CONNECTION, now);
    if ('error' in event) rejected.push(event);
    else window.push(event);
    if (window.length === WINDOW) {
      await write(window);
      window = [];
    }
  }
  await write(window);
  rejected.sort((a, b) => a.line - b.line);
  const named = rejected.slice(0, MOST_NAMED);
  const text = [`${sum.read} lines read: ${sum.accepted} events taken, ${sum.duplicates} known already, ${rejected.length} rejected.`, ...named.slice(0, 20).map((r) => `  line ${r.line}: ${r.error}`)].join('\n');
  return { json: { ...sum, rejected: named }, text, isOk: rejected.length === 0 };
}
