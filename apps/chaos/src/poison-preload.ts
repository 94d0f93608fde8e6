import { appendFileSync } from 'node:fs';
import pg from 'pg';

/**
 * Loaded before the server: a build that cannot process some deliveries. Statements on facts that carry the mark fail in the
 * database, and so does reading a certain date; everything else is as it was. Each hit is noted, one line each, in POISON_LOG.
 */
const IN_A_STATEMENT = /POISON-QUERY-\d+-/g;
const IN_A_DATE = '04:05:06.616Z';

const log = process.env['POISON_LOG'] ?? '/dev/null';

function marksIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(marksIn);
  const text = typeof value === 'string' ? value : Buffer.isBuffer(value) && value.includes('POISON-QUERY-') ? value.toString('latin1') : '';
  return text.match(IN_A_STATEMENT) ?? [];
}

interface Statement {
  name: string;
  text: unknown;
  values: unknown;
}

/** Marks that a statement on facts carries. */
const marksOf = ({ text, values }: Pick<Statement, 'text' | 'values'>): string[] => (typeof text === 'string' && text.includes('order_event') ? marksIn(values) : []);

const FAILS = { name: 'poisoned', text: 'select 1 / 0', values: [] };

type Query = (config: unknown, ...more: readonly unknown[]) => unknown;
const client = pg.Client.prototype as unknown as { query: Query };
const query = client.query;
client.query = function (this: unknown, config: unknown, ...more: readonly unknown[]): unknown {
  const sent = (config ?? {}) as Statement & { readonly statements?: readonly Statement[] };
  const all = [sent, ...(sent.statements ?? [])];
  const marks = new Set(all.flatMap(marksOf));
  // What is sent together is one try.
  if (marks.size > 0) appendFileSync(log, `${[...marks].join('\n')}\n`);
  for (const statement of sent.statements ?? []) if (marksOf(statement).length > 0) Object.assign(statement, FAILS);
  return marksOf(sent).length > 0 ? query.call(this, { text: FAILS.text, values: [] }, ...more) : query.call(this, config, ...more);
};

const parse = Date.parse;
Date.parse = (text: string): number => {
  if (!String(text).includes(IN_A_DATE)) return parse(text);
  appendFileSync(log, `POISON-MAP-${text}\n`);
  throw new Error('this build cannot read that date');
};
