import type { TraceRow } from '@orderwatch/db';
import { paymentMeaning, PROBLEM_WORDS, returnMeaning, shipmentMeaning, shipmentWordsForCustomer, statusWord, type SourceKind, type StatusMap } from '@orderwatch/domain';
import type { MappingTrace } from './raw-delivery.types.js';

type Read = Pick<MappingTrace, 'status' | 'customerSees'>;

/** What today's status map makes of a source's code; nothing when it says nothing of a status. */
function readCode(trace: Omit<TraceRow, 'factId' | 'orderId'>, map: StatusMap, now: number): Read {
  const kind = trace.kind as SourceKind;
  const said = (status: string | null): Read => ({ status, customerSees: null });
  if (trace.code === null) return said(null);
  if (trace.type.startsWith('payment.')) {
    const status = paymentMeaning(map, kind, trace.code);
    return said(status ? statusWord('payment', status).label : null);
  }
  if (trace.type.startsWith('return.')) {
    const status = returnMeaning(map, kind, trace.code);
    return said(status ? statusWord('return', status).label : null);
  }
  const meaning = shipmentMeaning(map, kind, trace.code);
  if (!meaning) return said('Unknown code');
  if ('notice' in meaning) return said(meaning.notice === 'delayed' ? 'Delayed' : 'No news');
  return {
    status: statusWord('shipment', meaning.status).label + (meaning.problem ? `, ${PROBLEM_WORDS[meaning.problem].toLowerCase()}` : ''),
    customerSees: shipmentWordsForCustomer(meaning.status, { at: trace.at.getTime(), carrier: trace.carrier, now }),
  };
}

/** One step of the way from a source's code to what a customer reads. */
export function traceOf(row: TraceRow, map: StatusMap, now: number): MappingTrace {
  const { factId, type, code, at, orderId } = row;
  return { factId, type, code, at, orderId, mapVersion: map.version, ...readCode(row, map, now) };
}
