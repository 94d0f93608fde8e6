import type { OrderState } from '../order/state.js';
import type { Instant } from '../shared/time.js';

/** Since when the customer waits: what is wrong began, or they wrote, whatever came first; never later than somebody asked for the remedy. */
export function customerWaitsSince(state: Pick<OrderState, 'contacts'> | undefined, findings: readonly { readonly since: Instant }[], proposedAt: Instant): Instant {
  const wrote = (state?.contacts ?? []).filter((contact) => contact.contact !== 'status_checked').map((contact) => contact.at);
  return Math.min(proposedAt, ...wrote, ...findings.map((finding) => finding.since));
}
