import { cleanText } from '../clean-text.js';
import { codeOf } from '../database-errors.js';
import type { Queryable, Tx } from '../transactions.js';

/** A named address of the queue. */
export interface SavedViewRecord {
  readonly id: string;
  readonly ownerId: string;
  readonly ownerName: string;
  readonly isTeam: boolean;
  readonly name: string;
  readonly purpose: string | null;
  /** JSON: view, filter, sort, group, columns. */
  readonly query: string;
  readonly version: number;
  readonly changedBy: string;
  readonly changedByName: string | null;
  readonly updatedAt: Date;
}

export interface NewSavedView {
  readonly id: string;
  readonly ownerId: string;
  readonly name: string;
  readonly purpose: string | null;
  readonly query: string;
  readonly mutationId: string;
  readonly now: Date;
}

/** What a change leaves as it is is not named. */
export interface SavedViewChange {
  readonly id: string;
  readonly expectedVersion: number;
  readonly mutationId: string;
  readonly personId: string;
  readonly now: Date;
  readonly name?: string;
  readonly purpose?: string | null;
  readonly query?: string;
  readonly isTeam?: boolean;
}

const COLUMNS = `v.id, v.owner_id as "ownerId", o.name as "ownerName", v.is_team as "isTeam", v.name, v.purpose, v.query, v.version, v.changed_by as "changedBy",
p.name as "changedByName", v.updated_at as "updatedAt"`;
const FROM = 'saved_view v join person o on o.id = v.owner_id left join person p on p.id = v.changed_by_person';

const UNIQUE = '23505';

/** Somebody has a view of that name already. */
export class NameTaken extends Error {}

/** Views that persons and the team keep. The shipped ones are code. */
export class SavedViewStore {
  /** One's own and the team's, by name. */
  visible(db: Queryable, personId: string): Promise<SavedViewRecord[]> {
    return db.prepared<SavedViewRecord>(`select ${COLUMNS} from ${FROM} where v.owner_id = $1::uuid or v.is_team order by v.is_team, lower(v.name), v.id`, [personId]);
  }

  /** Locked until the transaction ends. */
  async lock(tx: Tx, id: string): Promise<SavedViewRecord | null> {
    await tx.prepared('select 1 from saved_view where id = $1::uuid for update', [id]);
    const [row] = await tx.prepared<SavedViewRecord>(`select ${COLUMNS} from ${FROM} where v.id = $1::uuid`, [id]);
    return row ?? null;
  }

  async madeBy(db: Queryable, mutationId: string): Promise<SavedViewRecord | null> {
    const [row] = await db.prepared<SavedViewRecord>(`select ${COLUMNS} from ${FROM} where v.made_by = $1::uuid`, [mutationId]);
    return row ?? null;
  }

  async countOf(db: Queryable, personId: string): Promise<number> {
    const [row] = await db.prepared<{ n: number }>('select count(*)::int as n from saved_view where owner_id = $1::uuid', [personId]);
    return row?.n ?? 0;
  }

  async add(tx: Tx, { id, ownerId, name, purpose, query, mutationId, now }: NewSavedView): Promise<void> {
    await uniquely(tx.prepared(
      `insert into saved_view (id, owner_id, name, purpose, query, made_by, changed_by, changed_by_person, created_at, updated_at)
       values ($1::uuid, $2::uuid, $3, $4, $5, $6::uuid, $6::uuid, $2::uuid, $7, $7)`, [id, ownerId, cleanText(name), cleanText(purpose), query, mutationId, now]));
  }

  /** @returns whether it was still at that version. */
  async change(tx: Tx, change: SavedViewChange): Promise<boolean> {
    const { name = null, purpose, query = null, isTeam = null } = change;
    const rows = await uniquely(tx.prepared(
      `update saved_view set version = version + 1, name = coalesce($5::text, name), purpose = case when $6::bool then $7::text else purpose end, query = coalesce($8::text, query),
         is_team = coalesce($9::bool, is_team),
         changed_by = $3::uuid, changed_by_person = $4::uuid, updated_at = $10
       where id = $1::uuid and version = $2::int returning 1 as changed`,
      [change.id, change.expectedVersion, change.mutationId, change.personId, cleanText(name), purpose !== undefined, cleanText(purpose ?? null), query, isTeam, change.now]));
    return rows.length === 1;
  }

  async remove(tx: Tx, id: string, expectedVersion: number): Promise<boolean> {
    return (await tx.prepared('delete from saved_view where id = $1::uuid and version = $2::int returning 1 as gone', [id, expectedVersion])).length === 1;
  }

  /** What a person pinned, in order. What stopped being visible to them is left out. */
  async pins(db: Queryable, personId: string): Promise<string[]> {
    const rows = await db.prepared<{ id: string }>(
      `select v.id from saved_view_pin p join saved_view v on v.id = p.view_id and (v.owner_id = p.person_id or v.is_team) where p.person_id = $1::uuid order by p.position, v.id`, [personId]);
    return rows.map((row) => row.id);
  }

  /** Replaces them all; ids that name no visible view are left out. */
  async pin(tx: Tx, personId: string, ids: readonly string[]): Promise<void> {
    // Two windows of one person at once: the later one wins as a whole.
    await tx.prepared('select 1 from person where id = $1::uuid for update', [personId]);
    await tx.prepared('delete from saved_view_pin where person_id = $1::uuid', [personId]);
    await tx.prepared(
      `insert into saved_view_pin (person_id, view_id, position)
       select $1::uuid, v.id, n.position from unnest($2::uuid[]) with ordinality as n(id, position) join saved_view v on v.id = n.id and (v.owner_id = $1::uuid or v.is_team)`, [personId, ids]);
  }
}

async function uniquely<T>(written: Promise<T>): Promise<T> {
  try {
    return await written;
  } catch (error) {
    throw codeOf(error) === UNIQUE ? new NameTaken('There is a view of that name already.', { cause: error }) : error;
  }
}
