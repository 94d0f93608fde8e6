import { SetPreferencesDocument } from '../../gql';
import { execute } from '../graphql';
import type { Preferences } from './types';

let last: Promise<void> = Promise.resolve();
let waiting = 0;

/** Something that was chosen here has not been heard by the server yet: what it says meanwhile is older. */
export const isSaving = (): boolean => waiting > 0;

/** The one place that tells the server: one after the other, so that the last choice is the one that stays. */
export const savePreferences = (patch: Partial<Preferences>): Promise<void> => {
  waiting += 1;
  const saved = last.then(async () => {
    try {
      await execute(SetPreferencesDocument, { patch });
    } finally {
      waiting -= 1;
    }
  });
  last = saved.catch(() => undefined);
  return saved;
};
