import type { Money } from '../shared/money.js';
import { DAY, type Instant } from '../shared/time.js';

export type ClaimKind = 'lost' | 'damaged' | 'contents_missing' | 'late';

/** open: being put together. submitted: the carrier has it, under a number of theirs. credited and rejected are the carrier's answers. */
export type ClaimState = 'open' | 'submitted' | 'in_review' | 'credited' | 'rejected';

/** A claim against a carrier: a file that people move along by what the carrier says. It pays nobody; what a customer gets is a remedy of its own. */
export interface Claim {
  readonly kind: ClaimKind;
  readonly state: ClaimState;
  /** What is asked of the carrier. */
  readonly asked: Money;
  /** The carrier's own number of it; nothing is submitted without. */
  readonly reference: string | null;
  /** Facts of the order that prove it. */
  readonly proofs: readonly string[];
  readonly credited: Money | null;
  /** Why the carrier said no, or why it was given up before it was submitted. */
  readonly refusal: string | null;
}

export type ClaimStep =
  | { readonly to: 'submitted'; readonly reference: string; readonly proofs: readonly string[] }
  | { readonly to: 'in_review' }
  | { readonly to: 'credited'; readonly amount: Money }
  | { readonly to: 'rejected'; readonly reason: string };

export type ClaimDecision = { readonly ok: true; readonly next: Claim } | { readonly ok: false; readonly kind: 'conflict' | 'invalid'; readonly why: string };

const LONGEST_REFERENCE = 200;
const FROM: Readonly<Record<ClaimStep['to'], readonly ClaimState[]>> = { submitted: ['open'], in_review: ['submitted'], credited: ['submitted', 'in_review'], rejected: ['open', 'submitted', 'in_review'] };
const IN_WORDS: Readonly<Record<ClaimState, string>> = { open: 'open', submitted: 'submitted', in_review: 'in review', credited: 'credited', rejected: 'rejected' };

/** Whether the carrier, or we, still have something to do about it; while it is so no other claim is opened for the same parcel. */
export function isClaimPending({ state }: Pick<Claim, 'state'>): boolean {
  return state === 'open' || state === 'submitted' || state === 'in_review';
}

/**
 * Whole days in which it can still be submitted; 0 on the last one, negative when its window is over. Null when nobody named a deadline, and
 * once it is submitted. Carriers' windows differ by contract and country, so that people read them there and write them down.
 */
export function daysToSubmit({ state }: Pick<Claim, 'state'>, deadline: Instant | null, now: Instant): number | null {
  return state !== 'open' || deadline === null ? null : Math.floor((deadline - now) / DAY);
}

/** What is put together is not yet a claim: it needs an amount. */
export function openClaim(kind: ClaimKind, asked: Money): ClaimDecision {
  if (!isAmount(asked)) return no('invalid', 'Name the amount that the carrier is to pay.');
  return { ok: true, next: { kind, state: 'open', asked, reference: null, proofs: [], credited: null, refusal: null } };
}

/** The next step of the file, by what the carrier did or said; what was answered stays answered. */
export function moveClaim(claim: Claim, step: ClaimStep): ClaimDecision {
  if (!FROM[step.to].includes(claim.state)) return no('conflict', `It is ${IN_WORDS[claim.state]}.`);
  switch (step.to) {
    case 'submitted': {
      const reference = step.reference.trim();
      const proofs = [...new Set(step.proofs)];
      if (reference === '' || reference.length > LONGEST_REFERENCE) return no('invalid', 'Name the number that the carrier gave it.');
      if (proofs.length === 0) return no('invalid', 'Choose what proves it: a carrier rejects a claim without.');
      return become(claim, { state: 'submitted', reference, proofs });
    }
    case 'in_review':
      return become(claim, { state: 'in_review' });
    case 'credited':
      if (!isAmount(step.amount)) return no('invalid', 'Name the amount that was credited.');
      if (step.amount.currency !== claim.asked.currency) return no('invalid', `It was asked for in ${claim.asked.currency}.`);
      return become(claim, { state: 'credited', credited: step.amount });
    case 'rejected':
      if (step.reason.trim() === '') return no('invalid', claim.state === 'open' ? 'Say why it is not submitted.' : 'Say what the carrier gave as reason.');
      return become(claim, { state: 'rejected', refusal: step.reason.trim() });
  }
}

function isAmount({ minor }: Money): boolean {
  return Number.isSafeInteger(minor) && minor > 0;
}

const no = (kind: 'conflict' | 'invalid', why: string): ClaimDecision => ({ ok: false, kind, why });
const become = (claim: Claim, more: Partial<Claim>): ClaimDecision => ({ ok: true, next: { ...claim, ...more } });
