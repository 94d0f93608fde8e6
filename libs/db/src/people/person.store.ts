import { randomUUID } from 'node:crypto';
import type { Queryable } from '../transactions.js';
import type { PersonName } from '../cases/case-record.js';

export interface PersonRecord extends PersonName {
  /** argon2id PHC string; null = cannot sign in with a password. */
  readonly password: string | null;
  readonly disabledAt: Date | null;
}

export interface NewPerson {
  readonly email: string;
  readonly name: string;
  readonly role: PersonName['role'];
  readonly password: string | null;
}

const COLUMNS = 'id, name, email, role, password, disabled_at as "disabledAt"';

/** People who work here. */
export class PersonStore {
  constructor(private readonly db: Queryable) {}

  async byEmail(email: string): Promise<PersonRecord | null> {
    const [row] = await this.db.prepared<PersonRecord>(`select ${COLUMNS} from person where lower(email) = lower($1)`, [email]);
    return row ?? null;
  }

  async byId(id: string): Promise<PersonRecord | null> {
    const [row] = await this.db.prepared<PersonRecord>(`select ${COLUMNS} from person where id = $1::uuid`, [id]);
    return row ?? null;
  }

  list(): Promise<PersonName[]> {
    return this.db.query<PersonName>('select id, name, email, role from person where disabled_at is null order by name, id');
  }

  async isEmpty(): Promise<boolean> {
    return (await this.db.query('select 1 from person limit 1')).length === 0;
  }

  /** @returns the id, or null when somebody has that address already. */
  async add(person: NewPerson): Promise<string | null> {
    const rows = await this.db.query<{ id: string }>(
      'insert into person (id, email, name, role, password) values ($1, $2, $3, $4, $5) on conflict (lower(email)) do nothing returning id',
      [randomUUID(), person.email.trim(), person.name.trim(), person.role, person.password],
    );
    return rows[0]?.id ?? null;
  }

  /** Disabled people cannot sign in, and their sessions end. */
  async setDisabled(emails: readonly string[], isDisabled: boolean): Promise<void> {
    await this.db.query(
      `update person set disabled_at = case when $2 then now() end where lower(email) = any(select lower(e) from unnest($1::text[]) e) and (disabled_at is not null) <> $2`, [emails, isDisabled]);
  }

  async setPassword(id: string, password: string): Promise<void> {
    await this.db.query('update person set password = $2 where id = $1', [id, password]);
  }
}
