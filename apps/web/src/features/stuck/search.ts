import { textOf } from '../../shared/address/text-of';

/** What stands in the address of the page. */
export interface StuckSearch {
  carrier?: string;
  facility?: string;
  /** The leg that the last scan began: a shipment status. */
  lane?: string;
  feedLate?: boolean;
  group?: 'none';
  /** The parcel in hand. */
  parcel?: string;
}

const known = <T extends object>(fields: T): T => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;

/** Reads the address; what is not understood is left out. A place without its carrier, or a leg without its place, is none. */
export const stuckSearch = (search: Record<string, unknown>): StuckSearch => {
  const carrier = textOf(search['carrier']);
  const facility = carrier === undefined ? undefined : textOf(search['facility']);
  return known({
    carrier,
    facility,
    lane: facility === undefined ? undefined : textOf(search['lane']),
    feedLate: search['feedLate'] === true || search['feedLate'] === 1 ? true : undefined,
    group: search['group'] === 'none' ? 'none' : undefined,
    parcel: textOf(search['parcel']),
  }) as StuckSearch;
};

export type Place = Pick<StuckSearch, 'carrier' | 'facility' | 'lane'>;

export const placeOf = ({ carrier, facility, lane }: StuckSearch): Place => known({ carrier, facility, lane }) as Place;

/** One place has one key, whatever the order of its parts. */
export const placeKey = ({ carrier, facility, lane }: Place): string => JSON.stringify([carrier ?? null, facility ?? null, lane ?? null]);
