import type { PersonPrincipal } from '../../platform/auth/principal.js';
import { RECENT_SIGN_IN_SECONDS } from '../../platform/auth/recent-sign-in.js';
import { badInput } from '../../platform/errors/refusals.js';
import { NotAllowed } from '../../platform/graphql/shared-types.js';
import { NeedsSignIn } from './approvals/needs-sign-in.type.js';
import { RemedyConflict, RemedyDone, type RemedyResult } from './remedies.types.js';
import type { RemedyAnswer } from './remedy-answer.js';
import type { ShowRemedies } from './show-remedies.service.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Most characters of a text that a person writes. */
export const LONGEST_TEXT = 2_000;

/** Ids come from screens; anything else is a mistake that must be told, not a database error. */
export function uuid(value: string, name: string): string {
  if (!UUID.test(value)) throw badInput(`${name} must be a UUID.`);
  return value;
}

/** An answer as the union that screens read. */
export async function shownAnswer(showing: ShowRemedies, answer: RemedyAnswer, person: PersonPrincipal, mutationId: string): Promise<typeof RemedyResult> {
  if (answer.kind === 'not_allowed') return Object.assign(new NotAllowed(), { reason: answer.reason, mutationId });
  const remedy = answer.remedy && (await showing.one(answer.remedy, person));
  if (answer.kind === 'conflict') return Object.assign(new RemedyConflict(), { message: answer.message, remedy, mutationId });
  return Object.assign(new RemedyDone(), { remedy, mutationId });
}

/** What stands in the way of letting money go: the password was given too long ago. Nothing was done. */
export function signInAgain(mutationId: string): NeedsSignIn {
  return Object.assign(new NeedsSignIn(), { reason: 'Your sign-in is too long ago to let money go. Give your password again.', withinSeconds: RECENT_SIGN_IN_SECONDS, mutationId });
}
