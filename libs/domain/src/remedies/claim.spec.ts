import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isClaimPending, moveClaim, openClaim, type Claim, type ClaimDecision, type ClaimStep, daysToSubmit } from './claim.js';

const eur = (minor: number) => ({ minor, currency: 'EUR' });
const claimOf = (decision: ClaimDecision): Claim => {
  if (!decision.ok) throw new Error(decision.why);
  return decision.next;
};
const open = claimOf(openClaim('lost', eur(64_000)));
const submitted = claimOf(moveClaim(open, { to: 'submitted', reference: ' GLS-4711 ', proofs: ['f1', 'f1', 'f2'] }));

const step: fc.Arbitrary<ClaimStep> = fc.oneof(
  fc.record({ to: fc.constant('submitted' as const), reference: fc.constantFrom('', ' ', 'C-1'), proofs: fc.array(fc.constantFrom('f1', 'f2'), { maxLength: 2 }) }), fc.constant({ to: 'in_review' as const }),
  fc.record({ to: fc.constant('credited' as const), amount: fc.record({ minor: fc.integer({ min: -1, max: 5 }), currency: fc.constantFrom('EUR', 'USD') }) }), fc.record({ to: fc.constant('rejected' as const), reason: fc.constantFrom('', 'no scan') }),
);

describe('a claim against a carrier', () => {
  it('is submitted with the carrier\'s own number and with proof, and followed to their answer', () => {
    expect(submitted).toMatchObject({ state: 'submitted', reference: 'GLS-4711', proofs: ['f1', 'f2'] });
    expect(claimOf(moveClaim(claimOf(moveClaim(submitted, { to: 'in_review' })), { to: 'credited', amount: eur(50_000) }))).toMatchObject({ state: 'credited', credited: eur(50_000) });
    expect(claimOf(moveClaim(submitted, { to: 'rejected', reason: 'Handed in too late' }))).toMatchObject({ state: 'rejected', refusal: 'Handed in too late' });
    expect(claimOf(moveClaim(open, { to: 'rejected', reason: 'The parcel came' })).state).toBe('rejected');
  });

  it.each([
    [openClaim('late', eur(0)), 'invalid'], [moveClaim(open, { to: 'submitted', reference: ' ', proofs: ['f1'] }), 'invalid'], [moveClaim(open, { to: 'submitted', reference: 'x', proofs: [] }), 'invalid'],
    [moveClaim(submitted, { to: 'credited', amount: { minor: 1, currency: 'USD' } }), 'invalid'], [moveClaim(submitted, { to: 'rejected', reason: ' ' }), 'invalid'], [moveClaim(open, { to: 'credited', amount: eur(1) }), 'conflict'],
  ] as const)('refuses what is not so (%#)', (decision, kind) => expect(decision).toMatchObject({ ok: false, kind }));

  it('is never with the carrier without number and proof, never credited without an amount, and answered once, whatever people try', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      let claim = open;
      for (const next of steps) {
        const decision = moveClaim(claim, next);
        if (!isClaimPending(claim)) expect(decision.ok).toBe(false);
        if (decision.ok) claim = decision.next;
        if (claim.state === 'submitted' || claim.state === 'in_review' || claim.state === 'credited') expect([claim.reference === null, claim.proofs.length > 0]).toEqual([false, true]);
        expect(claim.credited !== null).toBe(claim.state === 'credited');
        expect(claim.refusal !== null).toBe(claim.state === 'rejected');
      }
    }), { numRuns: 500 });
  });

  it('has so many days left as its window, as long as it is not submitted', () => {
    const day = 86_400_000;
    expect([2.5 * day, day - 1, 0, -1, -day - 1].map((left) => daysToSubmit({ state: 'open' }, 10 * day + left, 10 * day))).toEqual([2, 0, 0, -1, -2]);
    expect(daysToSubmit({ state: 'submitted' }, 10 * day, 0)).toBeNull();
    expect(daysToSubmit({ state: 'open' }, null, 0)).toBeNull();
  });
});
