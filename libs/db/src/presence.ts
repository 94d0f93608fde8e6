import type { Queryable } from './transactions.js';

export const PRESENCE_CHANNEL = 'orderwatch_presence';

/** Tells all processes where a window is. Nothing is stored: who hears it keeps it for a while. */
export async function notifyPresence(db: Queryable, presence: object): Promise<void> {
  await db.prepared('select pg_notify($1, $2)', [PRESENCE_CHANNEL, JSON.stringify(presence)]);
}
