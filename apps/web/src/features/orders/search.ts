import type { OrderFilter } from '../../gql';

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

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const flag = (value: unknown): boolean | undefined => (value === true || value === 'true' ? true : value === false || value === 'false' ? false : undefined);

export const validateOrdersSearch = (search: Record<string, unknown>): OrdersSearch => {
  const fields = {
    track: text(search['track']),
    status: text(search['status']),
    carrier: text(search['carrier']),
    onTime: flag(search['onTime']),
    promisedFrom: text(search['promisedFrom']),
    promisedTo: text(search['promisedTo']),
    text: text(search['text']),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as OrdersSearch;
};

export const ordersFilter = (search: OrdersSearch): OrderFilter | null => (Object.keys(search).length > 0 ? { ...search } : null);
