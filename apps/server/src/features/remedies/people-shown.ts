import type { PersonRole } from '@orderwatch/domain';
import type { Queryable } from '@orderwatch/db';
import { initialsOf, Role, type Person } from '../../platform/graphql/shared-types.js';

export interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: PersonRole;
}

export type PeopleById = ReadonlyMap<string, PersonRow>;

/** Everybody, those who left too: what they did keeps their name. */
export async function readPeople(db: Queryable): Promise<PeopleById> {
  return new Map((await db.query<PersonRow>('select id::text, name, email, role from person')).map((row) => [row.id, row]));
}

export function personFrom(people: PeopleById, id: string): Person {
  const row = people.get(id);
  return row ? { ...row, role: Role[row.role], initials: initialsOf(row.name) } : { id, name: 'Somebody who left', email: '', role: Role.agent, initials: '–' };
}
