import 'reflect-metadata';
import { constants } from 'node:os';
import { parseArgs } from 'node:util';
import { isDatabaseAway } from '@orderwatch/db';
import { ConfigError } from '../config.js';
import { importHistory } from './commands/import.js';
import { addConnection, addToken, addUser, listConnections } from './commands/manage.js';
import { addOutside, isOutsideKind } from './commands/outside.js';
import { rehearseOpen, rehearseRaised } from './commands/rehearse.js';
import { replay } from './commands/replay.js';
import { verify } from './commands/verify.js';
import { instantOption, UsageError, type CommandResult } from './usage.js';
import { openWorkbench, type Workbench } from './workbench.js';

const HELP = `npm run --silent orderwatch -- <command>

  import FILE [--json]                     back-fill history: CloudEvents as JSON lines (.jsonl, .jsonl.gz or -)
  rehearse --as-of T [--basis B] [--json]  what the rules would have shown open at T (B: occurred or received)
  rehearse --from A --to B [--basis B] [--json]   what they would have raised between A and B
  verify [--json]                          fold every order anew from its events and compare
  replay [--connection C] [--dead-letters] [--dry-run] [--json]
  user add --email E --role R [--password P] [--name N]
  token add --name N --scope read|write
  connection add --name N --kind K         and: connection list
  connection add --name N --kind shipstation|gorgias|zendesk --account A [--site S] [--url U] [--serves HOME]
                                           a system that remedies act on; its secret in ORDERWATCH_CONNECTION_SECRET
  migrate                                  bring the database up to date
  demo-history                             make the demo's past, once

Exit code 0: yes; 1: no (mismatch, rejected lines); 2: wrong usage.`;

const OPTIONS = {
  json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' }, 'as-of': { type: 'string' }, from: { type: 'string' }, to: { type: 'string' }, basis: { type: 'string' },
  connection: { type: 'string' }, 'dead-letters': { type: 'boolean' }, 'dry-run': { type: 'boolean' }, email: { type: 'string' }, role: { type: 'string' }, password: { type: 'string' },
  name: { type: 'string' }, scope: { type: 'string' }, kind: { type: 'string' }, account: { type: 'string' }, site: { type: 'string' }, url: { type: 'string' }, serves: { type: 'string' },
} as const;

const COMMANDS = new Set(['import', 'rehearse', 'verify', 'replay', 'user', 'token', 'connection', 'migrate', 'demo-history']);

type Values = ReturnType<typeof parse>['values'];
type Command = (bench: Workbench) => Promise<CommandResult>;

function parse(argv: string[]) {
  try {
    return parseArgs({ args: argv, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Usage is checked before a database is touched. */
function commandOf(words: readonly string[], v: Values): Command {
  const [first = '', second = ''] = words;
  const isOfTwo = second !== '' && ['user', 'token', 'connection'].includes(first);
  const extra = words[isOfTwo || first === 'import' ? 2 : 1];
  if (extra !== undefined && COMMANDS.has(first)) throw new UsageError(`"${extra}" is one word too many.`);
  switch (isOfTwo ? `${first} ${second}` : first) {
    case 'import':
      if (words.length !== 2) throw new UsageError('Name one file: import FILE (or - for standard input).');
      return (bench) => importHistory(bench, second, Date.now());
    case 'rehearse':
      return rehearsal(v);
    case 'verify':
      return verify;
    case 'replay':
      return (bench) => replay(bench, { connection: v.connection, deadLetters: v['dead-letters'] ?? false, dryRun: v['dry-run'] ?? false });
    case 'user add':
      return (bench) => addUser(bench, v);
    case 'token add':
      return (bench) => addToken(bench, v);
    case 'connection add':
      return (bench) => (isOutsideKind(v.kind) ? addOutside(bench, v.kind, v) : addConnection(bench, v));
    case 'connection list':
      return listConnections;
    case 'migrate':
      return () => Promise.resolve({ json: { migrated: true }, text: 'The database is up to date.', isOk: true });
    case 'demo-history':
      return async (bench) => (await import('./demo/demo-history.js')).demoHistory(bench);
    default:
      throw new UsageError(first === '' ? HELP : `There is no command "${words.slice(0, 2).join(' ')}".\n\n${HELP}`);
  }
}

function rehearsal(v: Values): Command {
  const basis = v.basis ?? 'occurred';
  if (basis !== 'occurred' && basis !== 'received') throw new UsageError('--basis must be occurred or received.');
  if (v['as-of'] !== undefined) {
    if (v.from !== undefined || v.to !== undefined) throw new UsageError('Give either --as-of, or --from and --to.');
    const at = instantOption('as-of', v['as-of']);
    return (bench) => rehearseOpen(bench, at, basis);
  }
  const from = instantOption('from', v.from);
  const to = instantOption('to', v.to);
  if (from > to) throw new UsageError('--from must not be after --to.');
  return (bench) => rehearseRaised(bench, from, to, basis);
}

/** Standard output may be a pipe that is slow, or closed. */
function print(text: string): Promise<void> {
  return new Promise((resolve) => process.stdout.write(`${text}\n`, () => resolve()));
}

async function run(argv: string[]): Promise<number> {
  const { values, positionals } = parse(argv);
  if (values.help) {
    await print(HELP);
    return 0;
  }
  const command = commandOf(positionals, values);
  const opening = openWorkbench();
  abortOnSignals(opening);
  const bench = await opening;
  try {
    const result = await command(bench);
    await print(values.json ? JSON.stringify(result.json) : result.text);
    return result.isOk ? 0 : 1;
  } finally {
    await bench.close();
  }
}

let isAborted = false;

/** Half-done work is rolled back with its connection; a database that was started for this command must not stay. */
function abortOnSignals(opening: Promise<Workbench>): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      if (isAborted) return;
      isAborted = true;
      const end = (): never => process.exit(128 + constants.signals[signal]);
      opening.then((bench) => bench.abort()).then(end, end);
    });
  }
}

/** What went wrong, for the person at the terminal. Where it came from is told only of what nobody foresaw. */
function inWords(error: unknown): string {
  if (error instanceof UsageError || error instanceof ConfigError) return error.message;
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : undefined;
  if (isDatabaseAway(error)) return `The database cannot be reached: ${error.message || code || 'it does not answer'}`;
  if (code?.startsWith('Z_')) return `The file cannot be inflated: ${error.message}`;
  return code === undefined ? (error.stack ?? error.message) : error.message;
}

process.stdout.on('error', () => undefined);
run(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (isAborted) return;
    process.stderr.write(`${inWords(error)}\n`);
    process.exitCode = error instanceof UsageError || error instanceof ConfigError ? 2 : 1;
  },
);
