import { createHash } from 'node:crypto';
import type { Transactions } from '@orderwatch/db';

/** Under which an event of the rig's feed is known: of its source and id. */
function keyOf(id: string): Buffer {
  const feedKey = createHash('sha256').update(JSON.stringify(['rig', id])).digest('hex');
  return createHash('sha256').update(feedKey).digest();
}

const AT_ONCE = 20_000;

/** Which of these events of the feed the database does not hold. With `processed` they must also have become part of an order. */
export async function notHeld(db: Transactions, ids: readonly string[], { processed }: { readonly processed: boolean }): Promise<string[]> {
  const missing: string[] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const some = ids.slice(from, from + AT_ONCE);
    const rows = await db.query<{ key: Buffer }>(
      `select d.key from delivery_key d join inbox i on i.id = d.inbox_id where d.connection = 'events' and (i.state = 'done' or (not $2 and i.state = 'new')) and d.key = any($1::bytea[])`, [some.map(keyOf), processed]);
    const held = new Set(rows.map((row) => row.key.toString('hex')));
    missing.push(...some.filter((id) => !held.has(keyOf(id).toString('hex'))));
  }
  return missing;
}
