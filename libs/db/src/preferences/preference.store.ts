import type { Queryable } from '../transactions.js';

/** What one person chose, by flat key (`density`, `keyboard.own`). What is not in it is as usual. */
export type KeptPreferences = ReadonlyMap<string, unknown>;

/** How persons want to work. Each key is a row of its own, so that two windows overwrite each other only where they say the same thing. */
export class PreferenceStore {
  constructor(private readonly db: Queryable) {}

  async read(personId: string): Promise<KeptPreferences> {
    const rows = await this.db.prepared<{ key: string; value: string }>('select key, value from person_preference where person_id = $1::uuid order by key', [personId]);
    return new Map(rows.map(({ key, value }) => [key, JSON.parse(value) as unknown]));
  }

  /** One statement. Null forgets a key: it is as usual again. */
  async set(personId: string, changes: KeptPreferences): Promise<void> {
    const kept = [...changes].filter(([, value]) => value !== null);
    const forgotten = [...changes.keys()].filter((key) => changes.get(key) === null);
    await this.db.prepared(
      `with forgotten as (delete from person_preference where person_id = $1::uuid and key = any($4::text[]))
       insert into person_preference (person_id, key, value) select $1::uuid, k, v from unnest($2::text[], $3::text[]) as n(k, v) order by k
       on conflict (person_id, key) do update set value = excluded.value, updated_at = now()`,
      [personId, kept.map(([key]) => key), kept.map(([, value]) => JSON.stringify(value)), forgotten]);
  }
}
