import { Injectable } from '@nestjs/common';
import { ConfigurationStore, readRawDelivery, Sealer, Transactions, type TraceRow } from '@orderwatch/db';
import { mayDo, paymentMeaning, PROBLEM_WORDS, returnMeaning, shipmentMeaning, statusWord, type SourceKind, type StatusMap } from '@orderwatch/domain';
import { subjectOf, type Principal } from '../../platform/auth/principal.js';
import { maskPersonal } from './mask-personal.js';
import type { RawDelivery } from './raw-delivery.types.js';

const MOST = 64 * 1024;

/** What today's status map makes of a source's code; null = it says nothing of a status, or the map does not know it. */
function statusOf(trace: TraceRow, map: StatusMap): string | null {
  const kind = trace.kind as SourceKind;
  if (trace.code === null) return null;
  if (trace.type.startsWith('payment.')) {
    const status = paymentMeaning(map, kind, trace.code);
    return status ? statusWord('payment', status).label : null;
  }
  if (trace.type.startsWith('return.')) {
    const status = returnMeaning(map, kind, trace.code);
    return status ? statusWord('return', status).label : null;
  }
  const meaning = shipmentMeaning(map, kind, trace.code);
  if (!meaning) return 'Unknown code';
  if ('notice' in meaning) return meaning.notice === 'delayed' ? 'Delayed' : 'No news';
  return statusWord('shipment', meaning.status).label + (meaning.problem ? `, ${PROBLEM_WORDS[meaning.problem].toLowerCase()}` : '');
}

/** The raw inspector: the bytes as they came, masked by role, and what was read from them. */
@Injectable()
export class ShowDeliveryService {
  constructor(
    private readonly db: Transactions,
    private readonly sealer: Sealer,
    private readonly configuration: ConfigurationStore,
  ) {}

  async show(id: string, principal: Principal): Promise<RawDelivery | null> {
    const raw = await readRawDelivery(this.db, this.sealer, id);
    if (!raw) return null;
    const { statusMap } = await this.configuration.read(this.db);
    const whole = raw.body === null ? 'These bytes cannot be opened any more.' : raw.body.toString('utf8');
    const shown = raw.body === null || mayDo(subjectOf(principal), 'customer.read') ? whole : maskPersonal(whole);
    return {
      ...raw, body: shown.slice(0, MOST), truncated: shown.length > MOST,
      trace: raw.trace.map((t) => ({ factId: t.factId, type: t.type, code: t.code, status: statusOf(t, statusMap), at: t.at, orderId: t.orderId })),
    };
  }
}
