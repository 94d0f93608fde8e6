import { Query, Resolver } from '@nestjs/graphql';
import { PersonStore, PreferenceStore, Transactions, type PersonName } from '@orderwatch/db';
import { Allow, CurrentPerson } from '../../platform/auth/allow.js';
import type { PersonPrincipal } from '../../platform/auth/principal.js';
import { initialsOf, Person, type Role } from '../../platform/graphql/shared-types.js';
import { Me } from './me.type.js';
import { unflatten } from './preferences.js';

function personOf({ id, name, email, role }: PersonName): Person {
  return { id, name, email, role: role as Role, initials: initialsOf(name) };
}

@Resolver(() => Person)
export class PeopleResolver {
  private readonly preferences: PreferenceStore;

  constructor(
    private readonly people: PersonStore,
    db: Transactions,
  ) {
    this.preferences = new PreferenceStore(db);
  }

  @Query(() => Me)
  @Allow('self.read')
  async me(@CurrentPerson() person: PersonPrincipal): Promise<Me> {
    return { ...personOf(person), preferences: unflatten(await this.preferences.read(person.id)) };
  }

  @Query(() => [Person], { name: 'people' })
  @Allow('people.list')
  async list(): Promise<Person[]> {
    return (await this.people.list()).map(personOf);
  }
}
