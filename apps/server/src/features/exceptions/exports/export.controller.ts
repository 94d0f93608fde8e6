import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { CustomerStore, streamQueue, streamStuck, type Clock, type QueueQuery, type Tx } from '@orderwatch/db';
import { mayDo, type Action } from '@orderwatch/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../../config.js';
import { Allow } from '../../../platform/auth/allow.js';
import { isOwnOrigin } from '../../../platform/auth/origin.js';
import { subjectOf, type PersonPrincipal } from '../../../platform/auth/principal.js';
import { CaseViews } from '../../../platform/cases/case-views.js';
import { forbidden, unauthenticated } from '../../../platform/errors/refusals.js';
import type { CaseRow } from '../../../platform/graphql/case-types.js';
import { CLOCK, CONFIG } from '../../../platform/tokens.js';
import { queueFields, stuckFields } from './export-columns.js';
import { readQueueExport, readStuckExport } from './export-request.js';
import { SendExport } from '../../../platform/exports/send-export.js';
import { ShowQueue } from '../queue/show-queue.service.js';

/** Rows read at a time. */
const PORTION = 500;

const action = (name: Action): { readonly action: Action } => ({ action: name });

/** Lists as files. From our own pages only: a session's cookie must not make files for somebody else's page. */
@Controller('api/v1/export')
export class ExportController {
  constructor(
    private readonly exports: SendExport,
    private readonly queues: ShowQueue,
    private readonly views: CaseViews,
    private readonly customers: CustomerStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('queue.csv')
  @RouteConfig(action('export.queue'))
  @Allow('export.queue')
  async queue(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const person = this.personOf(request);
    const { view, filter, sort, columns, zone } = readQueueExport(query);
    const asked = await this.queues.queryOf({ view, filter, sort, first: null, after: null }, person);
    const { text, ...told } = filter;
    const detail = { view, filter: { ...told, ...(text ? { text: '(not kept)' } : {}) }, columns, masked: !mayDo(subjectOf(person), 'customer.read') };
    const rows = (tx: Tx): AsyncGenerator<readonly CaseRow[]> => this.caseRows(tx, asked, person);
    await this.exports.send({ name: `queue-${view}`, action: 'export.queue', detail, asOf: asked.now, zone, fields: queueFields(columns), rows }, person, reply);
  }

  @Get('stuck.csv')
  @RouteConfig(action('export.stuck'))
  @Allow('export.stuck')
  async stuck(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const person = this.personOf(request);
    const { columns, zone, ...narrowed } = readStuckExport(query);
    const now = new Date(this.clock.now());
    const rows = (tx: Tx) => streamStuck(tx, { ...narrowed, now }, PORTION);
    await this.exports.send({ name: 'stuck', action: 'export.stuck', detail: { ...narrowed, columns }, asOf: now, zone, fields: stuckFields(columns), rows }, person, reply);
  }

  /** The very rows of the list, with what this person may see of customers. */
  private async *caseRows(tx: Tx, query: QueueQuery, person: PersonPrincipal): AsyncGenerator<readonly CaseRow[]> {
    for await (const { records, customers } of streamQueue(tx, query, PORTION)) yield this.views.named(records, this.customers.openNames(customers), person);
  }

  private personOf({ principal, headers }: FastifyRequest): PersonPrincipal {
    if (!principal) throw unauthenticated();
    if (principal.kind !== 'person') throw forbidden('Only a person can do this.');
    if (!isOwnOrigin(headers, this.config.publicUrl)) throw forbidden('The request came from another site.');
    return principal;
  }
}
