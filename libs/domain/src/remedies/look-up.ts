import { HOUR } from '../shared/time.js';
import { become, refuse, stateInWords, type Decision } from './decision.js';
import type { Actor, Remedy } from './remedy.js';
import { proposedAnew, type Renewal } from './revise.js';

/** What a person found at the outside system when the worker could not tell. */
export type LookUpFinding =
  /** It happened; `reference` is the outside system's own id of it. */
  | { readonly is: 'happened'; readonly reference: string }
  /** It did not, and is asked for again: with new approvals, and under the old key, so that a mistake is found by the look before the act. */
  | { readonly is: 'retry' }
  /** It did not, and nobody wants it any more. */
  | { readonly is: 'give_up' };

export interface LookUpCommand {
  readonly actor: Actor;
  readonly finding: LookUpFinding;
  readonly reason: string;
  readonly renewal: Renewal;
  /** Other managers who could look it up in this person's place: neither asked for it, nor edited nor approved it. */
  readonly others: number;
}

/** Longest reference of an outside system, characters. */
const LONGEST_REFERENCE = 200;

/** Milliseconds after which what was carried out and is not to be seen at the outside system needs a look; by then it was looked for seven times. */
export const UNSEEN_AFTER = 2 * HOUR;

/** Said to be done, and not to be seen there. */
export function isUnseen({ state, unseenAt }: Pick<Remedy, 'state' | 'unseenAt'>): boolean {
  return state === 'executed' && unseenAt !== null && unseenAt !== undefined;
}

/**
 * The way out for a remedy of which nobody knows whether it happened. A manager says what they found and why they are sure; neither who
 * asked nor, while there is somebody else, who approved it.
 */
export function lookUp(remedy: Remedy, { actor, finding, reason, renewal, others }: LookUpCommand): Decision {
  if (actor.role !== 'manager') return refuse('forbidden', 'Only a manager says what came of it.');
  if (actor.id === remedy.proposedBy || remedy.editors.includes(actor.id)) return refuse('forbidden', 'You asked for this yourself; another person looks it up.');
  if (others > 0 && remedy.approvals.some((a) => a.personId === actor.id)) return refuse('forbidden', 'You approved this; another manager looks it up.');
  if (remedy.state !== 'needs_human' && !isUnseen(remedy)) return refuse('conflict', `It is ${stateInWords(remedy.state)}.`);
  if (reason.trim() === '') return refuse('invalid', 'Say where you looked and what you saw.');
  switch (finding.is) {
    case 'happened': {
      const reference = finding.reference.trim();
      if (reference === '' || reference.length > LONGEST_REFERENCE) return refuse('invalid', 'Name the reference that the shop gives it.');
      return become(remedy, isUnseen(remedy) ? { state: 'confirmed', unseenAt: null } : { state: 'executed' });
    }
    case 'retry':
      return proposedAnew({ ...remedy, unseenAt: null }, renewal);
    case 'give_up':
      return become(remedy, { state: 'declined', unseenAt: null });
  }
}
