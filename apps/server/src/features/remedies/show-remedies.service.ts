import { Inject, Injectable } from '@nestjs/common';
import {
  areOne, barFor, customerView, customerWaitsSince, explain, formatMajor, headFor, isClean, isReciprocal, mayDo, moneyInWords, PAIR_WINDOW, pairCheck, refundableOf, refundedOf, unpackState, type Actor, type OrderState, type PersonRole, type Remedy as RemedyOf, type ViewContext,
} from '@orderwatch/domain';
import { ConfigurationStore, CustomerStore, DeliveryStore, Sealer, latestPosition, pairsOf, readCases, RemedyStore, standsFor, Transactions, type Clock, type RemedyRecord } from '@orderwatch/db';
import { CLOCK } from '../../platform/tokens.js';
import { barByAnswer } from './approvals/approval-limits.js';
import { ManageCohorts } from './approvals/manage-cohorts.service.js';
import { personFrom, readPeople, type PeopleById } from './people-shown.js';
import { REMEDY_POLICY, type RemedyPolicies } from './policy/remedy-policy.js';
import { deliveryShown } from './proposals/reship-delivery.resolver.js';
import { remedyActs } from './remedy-acts.js';
import { RemedyKind, RemedyState, type Remedy, type RemedyPage } from './remedies.types.js';

/** Most remedies that the inbox shows: open ones are sorted by who waits longest after they were read, so that more of them are. */
const PAGE = { open: 300, decided: 100 };
const MASKED = '•••';

interface Reader {
  readonly id: string;
  readonly role: PersonRole;
}

/** Whose customer waits longest; of two alike, what lapses first. */
const longestFirst = (a: Remedy, b: Remedy): number => a.waitingSince.getTime() - b.waitingSince.getTime() || (a.expiresAt?.getTime() ?? Infinity) - (b.expiresAt?.getTime() ?? Infinity);

/** Whether the reader has said yes already, or somebody in the same name. */
function approvedBy(remedy: RemedyOf, reader: Actor): boolean {
  const head = headFor(remedy, reader) ?? reader.id;
  return remedy.approvals.some((a) => areOne(a, { personId: reader.id, onBehalfOf: head }));
}

const date = (at: number | null): Date | null => (at === null ? null : new Date(at));

/** Remedies as screens show them. */
@Injectable()
export class ShowRemedies {
  private readonly deliveries: DeliveryStore;

  constructor(
    private readonly db: Transactions,
    private readonly remedies: RemedyStore,
    private readonly customers: CustomerStore,
    private readonly configuration: ConfigurationStore,
    private readonly cohorts: ManageCohorts,
    sealer: Sealer,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(REMEDY_POLICY) private readonly policies: RemedyPolicies,
  ) {
    this.deliveries = new DeliveryStore(sealer);
  }

  async page(person: Reader): Promise<RemedyPage> {
    const reader = await this.readerOf(person);
    const seq = await latestPosition(this.db);
    const { open, decided } = await this.remedies.inbox(this.db, PAGE);
    const cohorts = await this.cohorts.list(reader);
    const shown = new Map((await this.show([...open, ...decided], reader)).map((r) => [r.id, r]));
    const pick = (records: readonly RemedyRecord[]): Remedy[] => records.map((r) => shown.get(r.id)).filter((r) => r !== undefined);
    const waiting = open.filter((r) => r.remedy.state === 'proposed');
    const isMine = (r: RemedyRecord): boolean => barFor(r.remedy, reader) === undefined && barByAnswer(r, reader.id) === undefined && !approvedBy(r.remedy, reader);
    return {
      forMe: pick(waiting.filter(isMine)).sort(longestFirst), waitingForOthers: pick(waiting.filter((r) => !isMine(r))).sort(longestFirst),
      failed: pick(open.filter((r) => r.remedy.state === 'failed' || r.remedy.state === 'needs_human' || r.remedy.state === 'executed')),
      decided: pick([...open.filter((r) => r.remedy.state === 'approved' || r.remedy.state === 'executing').reverse(), ...decided]), cohorts, generatedAt: new Date(), seq,
    };
  }

  async ofOrder(orderId: string, reader: Reader): Promise<Remedy[]> {
    return this.many(await this.remedies.ofOrder(this.db, orderId), reader);
  }

  async one(record: RemedyRecord, reader: Reader): Promise<Remedy> {
    const [shown] = await this.many([record], reader);
    if (!shown) throw new Error(`remedy ${record.id} could not be shown`);
    return shown;
  }

  async many(records: readonly RemedyRecord[], reader: Reader): Promise<Remedy[]> {
    return records.length === 0 ? [] : this.show(records, await this.readerOf(reader));
  }

  /** With those in whose stead they decide now. */
  private async readerOf({ id, role }: Reader): Promise<Actor> {
    return { id, role, standsFor: await standsFor(this.db, id, this.clock.now()) };
  }

  private async show(records: readonly RemedyRecord[], reader: Actor): Promise<Remedy[]> {
    if (records.length === 0) return [];
    const orderIds = [...new Set(records.map((r) => r.orderId))];
    const [states, cases, people, customers, configuration] = await Promise.all([
      this.db.query<{ order_id: string; state: string }>('select order_id::text, state from order_state where order_id = any($1::uuid[])', [orderIds]),
      readCases(this.db, orderIds), readPeople(this.db),
      this.customers.read(this.db, records.map((r) => r.customerId).filter((id) => id !== null)), this.configuration.read(this.db),
    ]);
    const stateOf = new Map(states.map((s) => [s.order_id, unpackState(s.state)]));
    const caseOf = new Map(cases.map((c) => [c.orderId, c]));
    const now = this.clock.now();
    const { policy } = await this.policies.current(this.db);
    const deliveries = await this.deliveries.open(this.db, records.filter((r) => r.remedy.kind === 'reship').map((r) => r.id));
    const bars = await this.cohorts.barsOf(records);
    const pairs = await pairsOf(this.db, reader.id, [...new Set(records.map((r) => r.remedy.proposedBy))], now - PAIR_WINDOW);
    const context: ViewContext = { now, policy: configuration.policy, statusMap: configuration.statusMap, silences: configuration.silences, labels: {} };
    return records.map((record) => {
      const state = stateOf.get(record.orderId);
      const findings = caseOf.get(record.orderId)?.snapshot.findings.filter((f) => f.suppressedBy === null) ?? [];
      const [leading] = findings;
      const pair = pairs.get(record.remedy.proposedBy);
      const checks = [...record.checks, ...(pair && reader.id !== record.remedy.proposedBy && isReciprocal(pair, policy) ? [pairCheck(pair)] : [])];
      const name = customers.get(record.customerId ?? '')?.name ?? null;
      return {
        ...cells(record, people), ...money(record, state), allowedActions: remedyActs(record, reader, { now, policy, checks, budgetBar: bars.get(record.id) }), clean: isClean(record.remedy, checks, policy),
        checks: checks.map(({ name, verdict, value, source }) => ({ name, verdict, value, source })), waitingSince: new Date(customerWaitsSince(state, findings, record.proposedAt)),
        customer: name !== null && !mayDo(reader.role, 'customer.read') ? MASKED : name, lines: linesOf(record, state),
        caseReason: leading ? explain(leading, now) : null, customerNow: state ? customerView(state, context).headline : null, customerAfter: after(record), delivery: deliveryShown(deliveries.get(record.id), reader.role),
      };
    });
  }
}

function cells(record: RemedyRecord, people: PeopleById) {
  const { remedy } = record;
  return {
    id: record.id, number: `AP-${record.number}`, version: record.version, revision: remedy.revision, kind: RemedyKind[remedy.kind], state: RemedyState[remedy.state], amount: remedy.amount,
    reasonCode: record.reasonCode, reason: record.reason, orderId: record.orderId, orderName: record.orderName, proposedBy: personFrom(people, remedy.proposedBy),
    proposedAt: new Date(record.proposedAt), expiresAt: date(remedy.expiresAt),
    evidence: record.evidence.map((e) => ({ ...e, at: date(e.at) })), approvalsNeeded: remedy.approvalsNeeded,
    approvals: record.decisions.map((d) => ({ by: personFrom(people, d.personId), onBehalfOf: d.onBehalfOf === null ? null : personFrom(people, d.onBehalfOf), at: new Date(d.at), decision: d.decision, reason: d.reason })),
    declinedReason: record.declinedReason, voidReasons: record.voidReasons, executeAfter: date(remedy.executeAfter), executedAt: date(record.executedAt), confirmedAt: date(record.confirmedAt),
    reference: record.reference, failure: record.failure, pausedAt: date(remedy.pausedAt ?? null), escalatedAt: date(record.escalatedAt), unseenAt: date(remedy.unseenAt ?? null), policyVersion: record.policyVersion,
    factsHash: remedy.factsHash, cohortId: record.cohortId, cohortCause: record.cohortCause, exception: record.exception,
    editedBy: remedy.editors.filter((id) => id !== remedy.proposedBy).map((id) => personFrom(people, id)),
    questions: record.questions.map((q) => ({ by: personFrom(people, q.by), at: new Date(q.at), text: q.text, answer: q.answer, answeredBy: q.answeredBy === null ? null : personFrom(people, q.answeredBy), answeredAt: date(q.answeredAt) })),
  };
}

function money(record: RemedyRecord, state: OrderState | undefined) {
  const refundable = state ? refundableOf(state) : null;
  return {
    orderTotal: state?.total?.value ?? record.facts.paid, refundable,
    alreadyRefunded: state && refundable ? { minor: refundedOf(state), currency: refundable.currency } : null,
  };
}

function linesOf(record: RemedyRecord, state: OrderState | undefined) {
  return record.lines.map((line) => ({ ...line, title: state?.lines.find((l) => l.id === line.lineId)?.title ?? null }));
}

function after({ remedy }: RemedyRecord): string | null {
  if (remedy.kind === 'reship') return 'We are sending it again.';
  if (remedy.kind === 'credit') return remedy.amount ? `We are giving ${remedy.amount.currency} ${formatMajor(remedy.amount)} of credit for the next order.` : null;
  return remedy.amount ? `We are refunding ${moneyInWords(remedy.amount)}.` : null;
}
