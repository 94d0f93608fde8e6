import { Inject, Injectable } from '@nestjs/common';
import { ConfigurationStore, readRawDelivery, Sealer, Transactions, writeAudit, type Clock, type RawDeliveryRow } from '@orderwatch/db';
import { mayDo } from '@orderwatch/domain';
import { subjectOf, type Principal } from '../../platform/auth/principal.js';
import { CLOCK } from '../../platform/tokens.js';
import { traceOf } from './mapping-trace.js';
import { maskPersonal } from './mask-personal.js';
import type { RawDelivery, UnmaskAnswer } from './raw-delivery.types.js';

const MOST = 64 * 1024;
const REASON_AT_LEAST = 3;

/** The raw inspector: the bytes as they came, without personal data, and what was read from them. To see the rest is an act of its own. */
@Injectable()
export class ShowDeliveryService {
  constructor(
    private readonly db: Transactions,
    private readonly sealer: Sealer,
    private readonly configuration: ConfigurationStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async show(id: string, principal: Principal): Promise<RawDelivery | null> {
    const raw = await readRawDelivery(this.db, this.sealer, id);
    return raw && this.view(raw, principal, true);
  }

  /** Shows personal data, once, to those who may see customers. Every look is in the audit log with its reason, a repeated one too. */
  async unmask(id: string, reason: string, mutationId: string, principal: Principal): Promise<UnmaskAnswer> {
    const why = reason.trim();
    if (why.length < REASON_AT_LEAST) return { reason: 'Say why the personal data is needed.', mutationId };
    const raw = await readRawDelivery(this.db, this.sealer, id);
    if (!raw) return { reason: 'The bytes of this delivery are no longer kept.', mutationId };
    const at = this.clock.now();
    // Written before anything is shown: an entry too many is better than a look without one.
    await this.db.run((tx) => writeAudit(tx, { actor: principal.id, action: 'delivery.unmask', target: id, detail: { reason: why, connection: raw.connection, mutationId }, at }));
    return { delivery: await this.view(raw, principal, false), mutationId };
  }

  private async view(raw: RawDeliveryRow, principal: Principal, isMasked: boolean): Promise<RawDelivery> {
    const { statusMap } = await this.configuration.read(this.db);
    const whole = raw.body === null ? 'These bytes cannot be opened any more.' : raw.body.toString('utf8');
    const shown = raw.body === null || !isMasked ? whole : maskPersonal(whole);
    return {
      ...raw, body: shown.slice(0, MOST), truncated: shown.length > MOST, masked: isMasked, canUnmask: raw.body !== null && mayDo(subjectOf(principal), 'delivery.unmask'),
      trace: raw.trace.map((step) => traceOf(step, statusMap, this.clock.now())),
    };
  }
}
