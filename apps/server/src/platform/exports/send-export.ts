import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { readSlowly, Transactions, writeAudit, type Tx } from '@orderwatch/db';
import { isoIn } from '@orderwatch/domain';
import type { FastifyReply } from 'fastify';
import type { PersonPrincipal } from '../auth/principal.js';
import { Refusal } from '../errors/refusals.js';
import type { Logger } from '../telemetry/logger.js';
import { LOGGER } from '../tokens.js';
import { BYTE_ORDER_MARK, csv, type Cell } from './csv.js';

/** Instants as the zone's clocks show them. */
export type InZone = (at: Date | null | undefined) => string | null;

export const inZone = (zone: string): InZone => (at) => (at ? isoIn(zone, at.getTime()) : null);

/** A field of the file: its header, and what stands in it. */
export type Field<Row> = readonly [header: string, cell: (row: Row, at: InZone) => Cell];

/** A file to be made. */
export interface Export<Row> {
  /** `queue-late`: what its name begins with. */
  readonly name: string;
  readonly action: 'export.queue' | 'export.stuck' | 'export.audit';
  /** For the audit: what was asked for, without what somebody looked for by name. */
  readonly detail: Readonly<Record<string, unknown>>;
  readonly asOf: Date;
  readonly zone: string;
  readonly fields: readonly Field<Row>[];
  readonly rows: (tx: Tx) => AsyncGenerator<readonly Row[]>;
}

/** Each holds a connection of the database as long as it lasts. */
const AT_ONCE = 3;
/** Whoever takes nothing for so long has gone, milliseconds. */
const STALLED = 30_000;

/** A run of characters that a file's name can have everywhere. */
const plain = (text: string): string => text.replace(/[^A-Za-z0-9_.]+/g, '-');

/** `orderwatch-queue-late-2026-03-01T13-00-00-Europe-Berlin.csv`: view, as of when, and whose clock. */
export function fileName({ name, asOf, zone }: Pick<Export<never>, 'name' | 'asOf' | 'zone'>): string {
  return `orderwatch-${plain(name)}-${plain(isoIn(zone, asOf.getTime()).slice(0, 19))}-${plain(zone)}.csv`;
}

/** Writes a list's rows as they are read: what it needs does not grow with them. When the reader goes away, the reading ends. */
@Injectable()
export class SendExport {
  private running = 0;

  constructor(
    private readonly db: Transactions,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Audited before the first byte leaves. */
  async send<Row>(made: Export<Row>, person: PersonPrincipal, reply: FastifyReply): Promise<void> {
    if (this.running >= AT_ONCE) throw new Refusal('Other exports are being made; try again in a moment.', 429, 'TOO_MANY');
    this.running += 1;
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort(new Error('the reader went away')));
    const body = new PassThrough();
    const begun = Promise.withResolvers<boolean>();
    const ended = this.written(made, person, { body, signal: gone.signal, begin: () => begun.resolve(true) }).then(
      () => void body.end(),
      (error: unknown) => {
        begun.reject(error);
        body.destroy(error as Error);
        if (!gone.signal.aborted) this.logger.warn({ err: error, action: made.action }, 'an export broke off');
      });
    void ended.finally(() => (this.running -= 1));
    // What fails before there are rows is told as every other failure; afterwards the file breaks off, and the reader knows.
    body.on('error', () => undefined);
    await begun.promise;
    await reply.headers({
      'content-type': 'text/csv; charset=utf-8; header=present', 'content-disposition': `attachment; filename="${fileName(made)}"`, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff',
    }).send(body);
  }

  private async written<Row>({ fields, rows, zone, action, detail, asOf }: Export<Row>, person: PersonPrincipal, to: Sink): Promise<void> {
    await this.db.run((tx) => writeAudit(tx, { actor: person.id, action, target: null, detail: { ...detail, zone }, at: asOf.getTime() }));
    const at = inZone(zone);
    await readSlowly(this.db, { waitMs: 2 * STALLED, signal: to.signal }, async (tx) => {
      let head = `${BYTE_ORDER_MARK}${csv([fields.map(([header]) => header)])}`;
      for await (const portion of rows(tx)) {
        to.begin();
        await put(to, head + csv(portion.map((row) => fields.map(([, cell]) => cell(row, at)))));
        head = '';
      }
      to.begin();
      if (head !== '') await put(to, head);
    });
  }
}

interface Sink {
  readonly body: PassThrough;
  readonly signal: AbortSignal;
  /** From here on there is something to send. */
  readonly begin: () => void;
}

/** At the reader's pace. */
async function put({ body, signal }: Sink, text: string): Promise<void> {
  signal.throwIfAborted();
  if (!body.write(text)) await once(body, 'drain', { signal: AbortSignal.any([signal, AbortSignal.timeout(STALLED)]) });
}
