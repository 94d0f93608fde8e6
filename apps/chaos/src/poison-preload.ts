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

type Query = (config: unknown, ...more: readonly unknown[]) => unknown;
const client = pg.Client.prototype as unknown as { query: Query };
const query = client.query;
client.query = function (this: unknown, config: unknown, ...more: readonly unknown[]): unknown {
  const { text, values } = (config ?? {}) as { text?: unknown; values?: unknown };
  const marks = typeof text === 'string' && text.includes('order_event') ? [...new Set(marksIn(values))] : [];
  if (marks.length === 0) return query.call(this, config, ...more);
  appendFileSync(log, `${marks.join('\n')}\n`);
  return query.call(this, { text: 'select 1 / 0', values: [] }, ...more);
};

const parse = Date.parse;
Date.parse = (text: string): number => {
  if (!String(text).includes(IN_A_DATE)) return parse(text);
  appendFileSync(log, `POISON-MAP-${text}\n`);
  throw new Error('this build cannot read that date');
};
