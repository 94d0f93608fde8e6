import {
  assess, customerView, endOf, explain, factsTable, goneSince, labelOf, mayDo, momentsOf, parcelViews, partsOf, refundableOf, summarise, timeline, tracks, withLedger,
  type AccessSubject, type OrderState, type RemedyPolicy, type RemedyStep, type TimelineEntry as Row, type ViewContext,
} from '@orderwatch/domain';
import type { Configuration, Customer, OrderPageRow } from '@orderwatch/db';
import { Severity, type Finding } from '../../platform/graphql/shared-types.js';
import { shownHistory } from '../../platform/cases/shown-history.js';
import { FactTone, type OrderDetail, type OrderLine, type TimelineEntry } from '../../platform/graphql/order-types.js';
import { remedyActions } from './remedy-actions.js';

export interface OrderViewInput {
  readonly page: OrderPageRow;
  readonly configuration: Configuration;
  readonly labels: Readonly<Record<string, string>>;
  readonly customer: OrderDetail['customer'];
  readonly feeds: { readonly onTime: number; readonly total: number };
  readonly subject: AccessSubject;
  /** The limits of remedies that are live; null when they cannot be read. */
  readonly remedyPolicy: RemedyPolicy | null;
  /** The instant the page is about. */
  readonly now: number;
  /** Set when that is not the present. */
  readonly knownAt: number | null;
  readonly answeredAt: number;
  readonly seq: string | null;
  readonly onTrackFailed: (track: string, error: unknown) => void;
}

const date = (at: number | null | undefined): Date | null => (at === null || at === undefined ? null : new Date(at));

/** A customer's data, whole or with just enough left to tell two apart. */
export function customerOf(customer: Customer | undefined, maySee: boolean): OrderDetail['customer'] {
  if (!customer) return null;
  const { name, email, orders, locale } = customer;
  return { name: maySee ? name : maskName(name), email: maySee ? email : maskEmail(email), orders, language: locale };
}

export function maskName(name: string | null): string | null {
  return name === null ? null : name.split(/\s+/).filter(Boolean).map((word) => `${[...word][0] ?? ''}.`).join(' ');
}

export function maskEmail(email: string | null): string | null {
  if (email === null) return null;
  const at = email.lastIndexOf('@');
  return at < 1 ? '…' : `${[...email][0] ?? ''}…${email.slice(at)}`;
}

/** The steps of remedies as the timeline tells them. */
function remedySteps(page: OrderPageRow): RemedyStep[] {
  return page.remedies.flatMap((remedy): RemedyStep[] => {
    const amount = remedy.amountMinor === null || remedy.currency === null ? null : { minor: remedy.amountMinor, currency: remedy.currency };
    const base = { remedyId: remedy.id, kind: remedy.kind, amount };
    const step = (name: RemedyStep['step'], at: number | null, actor: string | null, why: string | null): RemedyStep[] =>
      (at === null ? [] : [{ ...base, id: `${remedy.id}:${name}:${at}`, step: name, at, actor, why }]);
    return [
      ...step('proposed', remedy.proposedAt, page.people[remedy.proposedBy] ?? null, remedy.reason),
      ...page.approvals.filter((a) => a.remedyId === remedy.id).flatMap((a) => step(a.decision, a.at, page.people[a.personId] ?? null, a.reason)),
      ...step('executed', remedy.executedAt, null, null),
      ...step('confirmed', remedy.confirmedAt, null, remedy.reference === null ? null : `as ${remedy.reference}`),
      ...(remedy.state === 'failed' ? step('failed', remedy.attemptedAt, null, remedy.failure) : []),
    ];
  });
}

function timelineEntry(row: Row): TimelineEntry {
  const { at, untilAt, receivedAt, tone, folded, sortAt: _sortAt, routine: _routine, ...cells } = row;
  return { ...cells, folded: folded?.map(timelineEntry) ?? null, at: new Date(at), untilAt: date(untilAt), receivedAt: date(receivedAt), tone: FactTone[tone] };
}

function findingsOf({ page, configuration, now }: OrderViewInput): Finding[] {
  const { findings } = assess(page.state, { policy: configuration.policy, now, heard: page.early, silences: configuration.silences, open: new Set(page.open) });
  return findings.filter((f) => !page.acknowledged.includes(f.key)).map((f) => ({
    rule: f.rule, ruleLabel: labelOf(f.rule), severity: Severity[f.severity], since: new Date(f.since), subject: f.subject.id ?? f.subject.type,
    shipment: f.shipment, reason: explain(f, now), suppressedBy: f.suppressedBy, held: false,
  }));
}

function linesOf(state: OrderState): OrderLine[] {
  const parts = new Map(partsOf(state).map((part) => [part.lineId, part]));
  return state.lines.map((line) => {
    const part = parts.get(line.id);
    const moved = part?.parcels.some((p) => p.firstMovement) ?? false;
    const status = part?.isDelivered ? 'delivered' : moved ? 'on its way' : part?.parcels.length ? 'packed' : 'not shipped';
    return { id: line.id, sku: line.sku ?? null, title: line.title ?? null, quantity: line.quantity ?? null, price: line.price ?? null, status };
  });
}

/** When the last of what is under way is expected. */
function estimateOf(state: OrderState): Date | null {
  const ends = Object.values(state.parcels).filter((p) => !p.delivered && p.estimate && goneSince(p) === null).map((p) => endOf(p.estimate?.value ?? '', state.timeZone)).filter((e) => e !== undefined);
  return ends.length ? new Date(Math.max(...ends)) : null;
}

/** Everything the order page shows, from one read and the configuration of that moment. */
export function orderView(input: OrderViewInput): OrderDetail {
  const { page, configuration, now } = input;
  const { state } = page;
  const context: ViewContext = { now, policy: configuration.policy, statusMap: configuration.statusMap, silences: configuration.silences, labels: input.labels };
  const summary = summarise(state);
  const paidOut = withLedger(state, page.ledger);
  const refundable = refundableOf(paidOut);
  const history = shownHistory(input.subject, page.history).map((h) => ({ ...h, actor: page.people[h.actor] ?? null }));
  const told = { heard: page.facts, history, remedies: mayDo(input.subject, 'remedy.read') ? remedySteps(page) : [] };
  const rows = timeline(state, told, context);
  const { headline, body, parcels } = customerView(state, context);
  return {
    id: page.id, version: page.version, name: summary.name ?? page.homeId, homeId: page.homeId, shop: page.home, announced: summary.announced, headline: summary.headline,
    total: state.total?.value ?? null, placedAt: date(summary.placedAt), promisedAt: date(summary.promisedAt), promiseText: summary.promiseText, timeZone: state.timeZone,
    estimate: estimateOf(state), customer: input.customer,
    tracks: tracks(state, context, input.onTrackFailed).map((card) => ({ ...card, since: date(card.since) })),
    parcels: parcelViews(state, context).map(({ lane: _lane, ...p }) => ({
      ...p, statusAt: date(p.statusAt), lastMovementAt: date(p.lastMovementAt), deliveredAt: date(p.deliveredAt), estimate: date(p.estimate),
    })),
    lines: linesOf(state), timeline: rows.map(timelineEntry),
    facts: factsTable(state, { heard: page.facts, refundable }, context).map((f) => ({ ...f, observedAt: date(f.observedAt), receivedAt: date(f.receivedAt) })),
    findings: findingsOf(input), refundable, replaces: page.replaces, replacedBy: page.replacedBy, customerSees: { headline, body, parcels },
    // Nothing can be done in the past.
    allowedActions: input.knownAt === null ? remedyActions(paidOut, page.remedies, { subject: input.subject, policy: input.remedyPolicy }, now) : [],
    moments: momentsOf(state, told, context).map((moment) => ({ ...moment, at: new Date(moment.at) })), knownAt: date(input.knownAt), newestFactAt: date(page.facts.reduce<number | null>((last, f) => Math.max(last ?? 0, f.receivedAt), null)),
    feedsOnTime: input.feeds.onTime, feedsTotal: input.feeds.total, generatedAt: new Date(input.answeredAt), seq: input.seq,
  };
}
