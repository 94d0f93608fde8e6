import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
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

async function requireFile(file: string): Promise<void> {
  if (file === '-') return;
  const found = await stat(file).catch(() => undefined);
  if (!found) throw new UsageError(`There is no file ${file}.`);
  if (found.isDirectory()) throw new UsageError(`${file} is a folder.`);
}

function openInput(file: string): Readable {
  if (file === '-') return process.stdin;
  const raw = createReadStream(file);
  if (!file.endsWith('.gz')) return raw;
  const gunzip = createGunzip();
  raw.on('error', (error) => gunzip.destroy(error));
  return raw.pipe(gunzip);
}

/** Back-fills history from CloudEvents as JSON lines; nobody is told anything. */
export async function importHistory(bench: Workbench, file: string, now: number): Promise<CommandResult> {
  await requireFile(file);
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
  // Opened and read at once: a stream that fails before somebody listens ends the process.
  for await (const text of createInterface({ input: openInput(file), crlfDelay: Infinity })) {
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
