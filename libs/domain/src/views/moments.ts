import type { Instant } from '../shared/time.js';
import { eventWords } from './event-words.js';
import type { OrderState } from '../order/state.js';
import { actInWords, remedyInWords } from './timeline-people.js';
import type { TimelineInput } from './timeline.js';
import type { ViewContext } from './view-context.js';

/** An instant at which somebody decided or complained, and one may ask what was known. */
export interface Moment {
  readonly id: string;
  readonly kind: 'customer_wrote' | 'remedy_approved' | 'case_opened';
  /** When we knew: a message counts from its arrival, not from its writing. */
  readonly at: Instant;
  readonly label: string;
}

/** The moments of an order worth looking back at, newest first. */
export function momentsOf(state: OrderState, input: TimelineInput, context: ViewContext): Moment[] {
  const wrote = input.heard.filter(({ fact }) => fact.type === 'contact.received')
    .map(({ fact, receivedAt }): Moment => ({ id: fact.id, kind: 'customer_wrote', at: receivedAt, label: eventWords(fact, state, context).title }));
  const approved = input.remedies.filter((step) => step.step === 'approved')
    .map((step): Moment => ({ id: step.id, kind: 'remedy_approved', at: step.at, label: remedyInWords(step) }));
  const opened = input.history.filter((act) => act.what === 'opened' || act.what === 'reopened')
    .map((act): Moment => ({ id: `history:${act.id}`, kind: 'case_opened', at: act.at, label: actInWords(act).what }));
  return [...wrote, ...approved, ...opened].sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1));
}
