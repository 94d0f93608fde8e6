import type { SourceKind } from '../order/facts.js';
import type { ParcelProblem, PaymentStatus, ReturnStatus, ShipmentStatus } from '../order/state.js';

/**
 * What a source's shipment code means. `no_news` is a known code that says nothing of the parcel's whereabouts;
 * `delayed` is a notice that leaves the status as it is.
 */
export type ShipmentMeaning =
  | { readonly status: ShipmentStatus; readonly problem?: ParcelProblem }
  | { readonly notice: 'delayed' | 'no_news' };

/** Codes → meaning for one kind of source. Two-level codes are looked up whole first, then by their first level. */
export interface KindStatusMap {
  readonly shipment: Readonly<Record<string, ShipmentMeaning>>;
  readonly payment: Readonly<Record<string, PaymentStatus>>;
  readonly returns: Readonly<Record<string, ReturnStatus>>;
}

/** Versioned configuration: what every kind's codes mean. Version 1 is the built-in map. */
export interface StatusMap {
  readonly version: number;
  readonly kinds: Readonly<Partial<Record<SourceKind, KindStatusMap>>>;
}

function lookUp<T>(codes: Readonly<Record<string, T>> | undefined, code: string): T | undefined {
  if (!codes) return undefined;
  if (Object.hasOwn(codes, code)) return codes[code];
  const slash = code.indexOf('/');
  if (slash < 0) return undefined;
  const first = code.slice(0, slash);
  return Object.hasOwn(codes, first) ? codes[first] : undefined;
}

/** Meaning of a shipment code, or undefined when the map does not know it (never guessed). */
export function shipmentMeaning(map: StatusMap, kind: SourceKind, code: string): ShipmentMeaning | undefined {
  return lookUp(map.kinds[kind]?.shipment, code);
}

/** Meaning of a payment code, or undefined when unknown. */
export function paymentMeaning(map: StatusMap, kind: SourceKind, code: string): PaymentStatus | undefined {
  return lookUp(map.kinds[kind]?.payment, code);
}

/** Meaning of a return code, or undefined when unknown. */
export function returnMeaning(map: StatusMap, kind: SourceKind, code: string): ReturnStatus | undefined {
  return lookUp(map.kinds[kind]?.returns, code);
}
