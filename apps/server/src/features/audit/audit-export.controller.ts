import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { streamAudit, type AuditEntryRow, type Clock, type Tx } from '@orderwatch/db';
import { isKnownZone, parseAuditQuery, type Action, type AuditTerm } from '@orderwatch/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Config } from '../../config.js';
import { Allow } from '../../platform/auth/allow.js';
import { badInput, notFound } from '../../platform/errors/refusals.js';
import { SendExport, type Field } from '../../platform/exports/send-export.js';
import { CLOCK, CONFIG } from '../../platform/tokens.js';
import type { AuditEntry } from './audit.types.js';
import { EvidenceBundles } from './evidence-bundle.service.js';
import { personOf } from './from-our-pages.js';
import { readerOf } from './show-audit.service.js';
import { shownEntry } from './shown-entry.js';

/** Rows read at a time. */
const PORTION = 500;

const action = (name: Action): { readonly action: Action } => ({ action: name });
const text = (value: string | null | undefined): string | null => value ?? null;

const FIELDS: readonly Field<AuditEntry>[] = [
  ['entry', (e) => e.id], ['at', (e, at) => at(e.at)], ['actor', (e) => e.actor], ['actor_id', (e) => e.actorId], ['on_behalf_of', (e) => text(e.onBehalfOf)], ['action', (e) => e.action], ['target', (e) => text(e.target)],
  ['order', (e) => text(e.orderName)], ['remedy', (e) => text(e.remedyNumber)], ['amount_minor', (e) => e.amount?.minor ?? null], ['currency', (e) => text(e.amount?.currency)],
  ['changes', (e) => e.changes.map(({ name, before, after }) => `${name}: ${before ?? '–'} → ${after ?? '–'}`).join('; ')], ['reason', (e) => text(e.reason)], ['result', (e) => e.result],
  ['policy_version', (e) => text(e.policyVersion)], ['request', (e) => text(e.request)], ['session', (e) => text(e.session)],
];

const listSchema = z.strictObject({ query: z.string().max(500).default(''), tz: z.string().max(60).refine(isKnownZone, 'is no time zone').default('UTC') });
const bundleSchema = z.strictObject({ remedy: z.uuid() });

/** What was asked for, without what somebody looked for in their own words: a customer may be named there, and the audit forgets nothing. */
function withoutWords(terms: readonly AuditTerm[], tokens: readonly string[]): string {
  return tokens.map((token, n) => (terms[n]?.field === 'text' ? '…' : token)).join(' ');
}

function understood<T>(read: z.ZodSafeParseResult<T>): T {
  if (read.success) return read.data;
  throw badInput(read.error.issues.map((issue) => `${issue.path.join('.') || 'the address'}: ${issue.message}`).join('; '));
}

/** The audit, and what it proves of one remedy, as files. Each is an entry of the audit itself, written before a byte of it leaves. */
@Controller('api/v1/export')
export class AuditExportController {
  constructor(
    private readonly exports: SendExport,
    private readonly bundles: EvidenceBundles,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('audit.csv')
  @RouteConfig(action('export.audit'))
  @Allow('export.audit')
  async audit(@Query() asked: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const person = personOf(request, this.config.publicUrl);
    const { query, tz } = understood(listSchema.safeParse(asked));
    const now = this.clock.now();
    const { terms, tokens, wrong } = parseAuditQuery(query, now);
    // A file with other rows than were meant helps nobody.
    if (wrong.length > 0) throw badInput(wrong.join(' '));
    const reader = readerOf(person);
    const rows = async function* (tx: Tx): AsyncGenerator<readonly AuditEntry[]> {
      for await (const portion of streamAudit(tx, reader, terms, PORTION)) yield portion.map((row: AuditEntryRow) => shownEntry(row));
    };
    await this.exports.send({ name: 'audit', action: 'export.audit', detail: { query: withoutWords(terms, tokens), scope: reader.scope }, asOf: new Date(now), zone: tz, fields: FIELDS, rows }, person, reply);
  }

  @Get('evidence.json')
  @RouteConfig(action('export.evidence'))
  @Allow('export.evidence')
  async evidence(@Query() asked: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const person = personOf(request, this.config.publicUrl);
    const made = await this.bundles.make(understood(bundleSchema.safeParse(asked)).remedy, person);
    if (!made) throw notFound();
    const { text: body, name, sha256 } = made;
    await reply.headers({
      'content-type': 'application/json; charset=utf-8', 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'x-evidence-sha256': sha256,
    }).send(body);
  }
}
