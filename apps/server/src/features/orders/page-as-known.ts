import type { OrderPageRow, OrderRemedyRow } from '@orderwatch/db';
import { asKnownAt, type StatusMap } from '@orderwatch/domain';

/** Null while it lay ahead. */
const by = (instant: number | null, at: number): number | null => (instant !== null && instant <= at ? instant : null);

/** A remedy with only those of its steps that had been made. */
function remedyAt(remedy: OrderRemedyRow, at: number): OrderRemedyRow {
  const hadFailed = by(remedy.attemptedAt, at) !== null;
  return {
    ...remedy, executedAt: by(remedy.executedAt, at), confirmedAt: by(remedy.confirmedAt, at), state: remedy.state === 'failed' && !hadFailed ? 'approved' : remedy.state,
    failure: hadFailed ? remedy.failure : null,
  };
}

/**
 * What was read of an order, without all that was received or done after an instant. What findings somebody had settled by then is not
 * kept, so none counts as settled. Null when nothing had been heard of it.
 */
export function pageAsKnown(page: OrderPageRow, at: number, statusMap: StatusMap): OrderPageRow | null {
  const known = asKnownAt(page.id, page.facts, at, { statusMap });
  if (!known) return null;
  return {
    ...page, state: known.state, facts: known.heard, early: known.early, acknowledged: [], open: [], heldBy: [], replaces: null, replacedBy: [],
    history: page.history.filter((act) => act.at <= at), approvals: page.approvals.filter((approval) => approval.at <= at),
    ledger: page.ledger.filter((entry) => entry.at <= at),
    remedies: page.remedies.filter((remedy) => remedy.proposedAt <= at).map((remedy) => remedyAt(remedy, at)),
  };
}
