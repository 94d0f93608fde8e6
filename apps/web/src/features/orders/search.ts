import type { OrderFilter } from '../../gql';
import { textOf } from '../../shared/address/text-of';

/** What stands in the address of a list of orders: the rows behind a number. */
export interface OrdersSearch {
  track?: string;
  status?: string;
  carrier?: string;
  onTime?: boolean;
  promisedFrom?: string;
  promisedTo?: string;
  text?: string;
}

/** What stands in the address of one order. */
export interface OrderSearch {
  /** An instant of the past, as ISO text: the page shows what was known then. */
  at?: string;
  /** What is shown instead of the timeline. */
  show?: 'facts' | 'evidence';
}

const flag = (value: unknown): boolean | undefined => (value === true || value === 'true' ? true : value === false || value === 'false' ? false : undefined);

export const validateOrdersSearch = (search: Record<string, unknown>): OrdersSearch => {
  const fields = {
    track: textOf(search['track']),
    status: textOf(search['status']),
    carrier: textOf(search['carrier']),
    onTime: flag(search['onTime']),
    promisedFrom: textOf(search['promisedFrom']),
    promisedTo: textOf(search['promisedTo']),
    text: textOf(search['text']),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as OrdersSearch;
};

/** What the whole screen has in the address (zone, language) is no filter. */
export const ordersFilter = (search: OrdersSearch): OrderFilter | null => {
  const filter = validateOrdersSearch({ ...search });
  return Object.keys(filter).length > 0 ? filter : null;
};

export const validateOrderSearch = ({ at, show }: Record<string, unknown>): OrderSearch => ({
  ...(typeof at === 'string' && !Number.isNaN(Date.parse(at)) ? { at: new Date(at).toISOString() } : {}),
  ...(show === 'facts' || show === 'evidence' ? { show } : {}),
});
