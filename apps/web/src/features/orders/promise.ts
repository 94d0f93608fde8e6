import { formatTime } from '@orderwatch/ui';
import type { Order } from './api';

/** The day that was promised or estimated, as the order's customer counts days. A day lasts until the midnight after it, which is no longer that day. */
export const dayOf = (at: string | null, order: Pick<Order, 'timeZone'>): string => (at === null ? '–' : formatTime(Date.parse(at) - 1, 'date', order.timeZone));
