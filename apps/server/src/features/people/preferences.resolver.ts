import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { PreferenceStore, Transactions } from '@orderwatch/db';
import { Allow, CurrentPerson } from '../../platform/auth/allow.js';
import type { PersonPrincipal } from '../../platform/auth/principal.js';
import { badInput } from '../../platform/errors/refusals.js';
import { JsonScalar } from '../../platform/graphql/scalars.js';
import { flatten, NotUnderstood, readPatch, unflatten, type PreferencesPatch } from './preferences.js';

/** How one person wants to work, the same on every machine. */
@Resolver()
export class PreferencesResolver {
  private readonly store: PreferenceStore;

  constructor(db: Transactions) {
    this.store = new PreferenceStore(db);
  }

  /** Answers with everything that is kept now. */
  @Mutation(() => JsonScalar)
  @Allow('self.write')
  async setPreferences(@Args('patch', { type: () => JsonScalar }) patch: unknown, @CurrentPerson() person: PersonPrincipal): Promise<PreferencesPatch> {
    await this.store.set(person.id, flatten(understood(patch)));
    return unflatten(await this.store.read(person.id));
  }
}

function understood(patch: unknown): PreferencesPatch {
  try {
    return readPatch(patch);
  } catch (error) {
    throw error instanceof NotUnderstood ? badInput(error.message) : error;
  }
}
