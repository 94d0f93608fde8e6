import {
  builtInStatusMap, DAY, defaultPolicy, evidenceInWords, judge, movesMoney, parseMinor, refundableOf, situationOf,
  type Money, type OrderState, type PersonRole, type PolicyResult, type RemedyKind, type RemedyLine, type Situation,
} from '@orderwatch/domain';
import { askedBy, connectionLabels, factOf, lockPerson, ordersOfCustomer, RemedyStore, type EvidenceItem, type FactRow, type Queryable, type RemedyException, type RemedyRecord, type Tx } from '@orderwatch/db';
import type { OrderNow } from '../order-facts.js';
import type { LivePolicy } from '../policy/remedy-policy.js';

const store = new RemedyStore();

/** What is asked for, in the words of a form. */
export interface Asked {
  readonly orderId: string;
  readonly kind: RemedyKind;
  /** Minor units; refunds and credits only. */
  readonly amountMinor: number | null;
  /** The currency the person read beside the amount; it must be the order's. */
  readonly currency: string | null;
  readonly lines: readonly RemedyLine[];
  readonly reason: string;
  readonly evidenceFactIds: readonly string[];
  readonly reasonCode?: string;
  /** Rules that are asked to be set aside, and why. */
  readonly exception?: RemedyException | null;
}

export interface Assessed {
  readonly amount: Money | null;
  readonly evidence: EvidenceItem[];
  readonly result: PolicyResult;
  readonly situation: Situation & { readonly isClean: boolean };
  readonly live: LivePolicy;
}

/** Under what a proposal is read: the policy of now, who asks, and which remedy it is, when there is one already. */
export interface Reading {
  readonly live: LivePolicy;
  readonly role: PersonRole;
  /** Who asks; absent where nobody does yet. */
  readonly askerId?: string;
  readonly id: string | null;
  readonly now: number;
}

const CUSTOMER_WINDOW = 90 * DAY;

/** Reads a proposal against its order as it is now. @returns why it may not be asked for, as text, or what it comes to. */
export async function assessProposal(tx: Tx, order: OrderNow, asked: Asked, reading: Reading): Promise<Assessed | string> {
  const { live, now } = reading;
  if (asked.reason.trim() === '') return 'Say why: the approver reads it.';
  if (asked.exception && (asked.exception.rules.length === 0 || asked.exception.why.trim() === '')) return 'Name the rules to be set aside, and say why.';
  const amount = amountOf(order.state, asked);
  if (asked.currency !== null && amount && asked.currency.toUpperCase() !== amount.currency) return `The order was paid in ${amount.currency}, not in ${asked.currency.toUpperCase()}.`;
  // Facts of this order are evidence; ids that name none are not.
  const { items: evidence, types } = await evidenceOf(tx, asked, order.state, now);
  if (reading.askerId !== undefined) await lockPerson(tx, reading.askerId); // of two proposals at once the second is judged with the first
  const { situation, result } = await judgeProposal(tx, order, { ...asked, amount, evidence: evidence.length, evidenceTypes: types }, reading);
  return result.isAllowed ? { amount, evidence, result, situation: { ...situation, isClean: result.isClean }, live } : `${result.why}.`;
}

/** What the policy says to it, by everything that is known of order, ledger and customer. */
export async function judgeProposal(
  db: Queryable, order: OrderNow, asked: Pick<Asked, 'orderId' | 'kind' | 'lines' | 'reasonCode' | 'exception'> & { readonly amount: Money | null; readonly evidence: number; readonly evidenceTypes?: readonly string[] },
  { live, role, askerId, id, now }: Reading,
): Promise<{ readonly situation: Situation; readonly result: PolicyResult }> {
  const customerRemedies = await store.ofCustomer(db, asked.orderId, now - CUSTOMER_WINDOW, id);
  const askedWithinDay = askerId === undefined || asked.amount === null ? 0 : await askedBy(db, askerId, asked.amount.currency, { since: now - DAY, except: id });
  const orders = asked.reasonCode === undefined ? null : await ordersOfCustomer(db, asked.orderId);
  const situation = situationOf(order.state, { ...asked, role, askedWithinDay, setAside: asked.exception?.rules ?? [], ...(orders === null ? {} : { customerOrders: orders }), ledger: order.ledger, ...(customerRemedies === null ? {} : { customerRemedies }) }, now);
  return { situation, result: judge(situation, live.policy) };
}

/** What a stored proposal asks for. */
export function askedOf({ orderId, remedy, lines, reason, reasonCode, exception, evidence }: RemedyRecord): Asked {
  const amount = movesMoney(remedy.kind) ? remedy.amount : null;
  return { orderId, kind: remedy.kind, amountMinor: amount?.minor ?? null, currency: amount?.currency ?? null, lines, reason, reasonCode, exception, evidenceFactIds: evidence.map((e) => e.factId).filter((id) => id !== null) };
}

/** A refund's or credit's amount is what was asked for; a reship's is the value of its lines, where prices are known. */
export function amountOf(state: OrderState, asked: Pick<Asked, 'kind' | 'amountMinor' | 'lines'>): Money | null {
  const currency = refundableOf(state)?.currency ?? state.currency;
  if (!currency) return null;
  if (movesMoney(asked.kind)) return asked.amountMinor === null || !Number.isSafeInteger(asked.amountMinor) ? null : { minor: asked.amountMinor, currency };
  let minor = 0;
  for (const line of asked.lines) {
    const price = state.lines.find((l) => l.id === line.lineId)?.price;
    const each = price === undefined ? undefined : parseMinor(price, currency);
    if (each === undefined) return null;
    minor += each * line.quantity;
  }
  return { minor, currency };
}

/** The named facts in the words that the timeline says, so that the approver reads what the asker saw. */
async function evidenceOf(tx: Tx, asked: Asked, state: OrderState, now: number): Promise<{ readonly items: EvidenceItem[]; readonly types: string[] }> {
  if (asked.evidenceFactIds.length === 0) return { items: [], types: [] };
  const rows = await tx.query<FactRow>(
    'select fact_id, type, at, source, kind, data from order_event where order_id = $1::uuid and fact_id = any($2::text[]) order by at', [asked.orderId, asked.evidenceFactIds.slice(0, 20)]);
  const context = { now, policy: defaultPolicy, statusMap: builtInStatusMap, silences: {}, labels: await connectionLabels(tx) };
  return { items: rows.map((row) => ({ ...evidenceInWords(factOf(row), state, context), at: row.at.getTime(), factId: row.fact_id })), types: rows.map((row) => row.type) };
}

/** Types of those facts that the order has: what they are evidence of. */
export async function typesOfFacts(db: Queryable, orderId: string, factIds: readonly string[]): Promise<string[]> {
  return (await db.query<{ type: string }>('select type from order_event where order_id = $1::uuid and fact_id = any($2::text[])', [orderId, factIds.slice(0, 20)])).map((row) => row.type);
}

/** The role that somebody has now: the limits of who asked are those of today. */
export async function roleOf(db: Queryable, personId: string): Promise<PersonRole> {
  const [row] = await db.query<{ role: PersonRole }>('select role from person where id = $1::uuid', [personId]);
  return row?.role ?? 'agent';
}
