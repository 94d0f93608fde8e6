import { Inject, Injectable } from '@nestjs/common';
import { barFor, customerView, explain, formatMajor, grantOf, mayDo, refundedOf, refundableOf, type OrderState, type PersonRole, type ViewContext } from '@orderwatch/domain';
import { ConfigurationStore, CustomerStore, latestPosition, readCases, RemedyStore, Transactions, type Clock, type RemedyRecord } from '@orderwatch/db';
import type { AllowedAction, Person } from '../../platform/graphql/shared-types.js';
import { initialsOf, Role } from '../../platform/graphql/shared-types.js';
import { CLOCK } from '../../platform/tokens.js';
import { RemedyKind, RemedyState, type Remedy, type RemedyPage } from './remedies.types.js';

/** Most remedies one page shows of each kind. */
const PAGE = 100;
const MASKED = '•••';

interface Reader {
  readonly id: string;
  readonly role: PersonRole;
}

interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: PersonRole;
}

const date = (at: number | null): Date | null => (at === null ? null : new Date(at));

/** Remedies as screens show them. */
@Injectable()
export class ShowRemedies {
  constructor(
    private readonly db: Transactions,
    private readonly remedies: RemedyStore,
    private readonly customers: CustomerStore,
    private readonly configuration: ConfigurationStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async page(reader: Reader): Promise<RemedyPage> {
    const seq = await latestPosition(this.db);
    const { open, decided } = await this.remedies.inbox(this.db, PAGE);
    const shown = new Map((await this.show([...open, ...decided], reader)).map((r) => [r.id, r]));
    const pick = (records: readonly RemedyRecord[]): Remedy[] => records.map((r) => shown.get(r.id)).filter((r) => r !== undefined);
    const waiting = open.filter((r) => r.remedy.state === 'proposed');
    const isMine = (r: RemedyRecord): boolean => barFor(r.remedy, reader) === undefined && !r.remedy.approvals.some((a) => a.personId === reader.id);
    return {
      forMe: pick(waiting.filter(isMine)), waitingForOthers: pick(waiting.filter((r) => !isMine(r))),
      failed: pick(open.filter((r) => r.remedy.state === 'failed' || r.remedy.state === 'needs_human')),
      decided: pick([...open.filter((r) => r.remedy.state === 'approved' || r.remedy.state === 'executing').reverse(), ...decided]), generatedAt: new Date(), seq,
    };
  }

  async ofOrder(orderId: string, reader: Reader): Promise<Remedy[]> {
    return this.show(await this.remedies.ofOrder(this.db, orderId), reader);
  }

  async one(record: RemedyRecord, reader: Reader): Promise<Remedy> {
    const [shown] = await this.show([record], reader);
    if (!shown) throw new Error(`remedy ${record.id} could not be shown`);
    return shown;
  }

  private async show(records: readonly RemedyRecord[], reader: Reader): Promise<Remedy[]> {
    if (records.length === 0) return [];
    const orderIds = [...new Set(records.map((r) => r.orderId))];
    const [states, cases, people, customers, configuration] = await Promise.all([
      this.db.query<{ order_id: string; state: string }>('select order_id::text, state from order_state where order_id = any($1::uuid[])', [orderIds]),
      readCases(this.db, orderIds), this.db.query<PersonRow>('select id::text, name, email, role from person'),
      this.customers.read(this.db, records.map((r) => r.customerId).filter((id) => id !== null)), this.configuration.read(this.db),
    ]);
    const stateOf = new Map(states.map((s) => [s.order_id, JSON.parse(s.state) as OrderState]));
    const caseOf = new Map(cases.map((c) => [c.orderId, c]));
    const personOf = new Map(people.map((p) => [p.id, p]));
    const now = this.clock.now();
    const context: ViewContext = { now, policy: configuration.policy, statusMap: configuration.statusMap, silences: configuration.silences, labels: {} };
    return records.map((record) => {
      const state = stateOf.get(record.orderId);
      const leading = caseOf.get(record.orderId)?.snapshot.findings.find((f) => f.suppressedBy === null);
      const name = customers.get(record.customerId ?? '')?.name ?? null;
      return {
        ...cells(record, personOf), ...money(record, state), allowedActions: actions(record, reader, now),
        customer: name !== null && !mayDo(reader.role, 'customer.read') ? MASKED : name, lines: linesOf(record, state),
        caseReason: leading ? explain(leading, now) : null, customerNow: state ? customerView(state, context).headline : null, customerAfter: after(record),
      };
    });
  }
}

function personFrom(people: ReadonlyMap<string, PersonRow>, id: string): Person {
  const row = people.get(id);
  return row ? { ...row, role: Role[row.role], initials: initialsOf(row.name) } : { id, name: 'Somebody who left', email: '', role: Role.agent, initials: '–' };
}

function cells(record: RemedyRecord, people: ReadonlyMap<string, PersonRow>) {
  const { remedy } = record;
  return {
    id: record.id, number: `AP-${record.number}`, version: record.version, revision: remedy.revision, kind: RemedyKind[remedy.kind], state: RemedyState[remedy.state], amount: remedy.amount,
    reasonCode: record.reasonCode, reason: record.reason, orderId: record.orderId, orderName: record.orderName, proposedBy: personFrom(people, remedy.proposedBy),
    proposedAt: new Date(record.proposedAt), waitingSince: new Date(record.proposedAt), expiresAt: date(remedy.expiresAt), checks: record.checks.map(({ name, verdict, value, source }) => ({ name, verdict, value, source })),
    evidence: record.evidence.map((e) => ({ ...e, at: date(e.at) })), approvalsNeeded: remedy.approvalsNeeded,
    approvals: record.decisions.map((d) => ({ by: personFrom(people, d.personId), at: new Date(d.at), decision: d.decision, reason: d.reason })),
    declinedReason: record.declinedReason, voidReasons: record.voidReasons, executeAfter: date(remedy.executeAfter), executedAt: date(record.executedAt), confirmedAt: date(record.confirmedAt),
    reference: record.reference, failure: record.failure,
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
  return remedy.amount ? `We are refunding ${remedy.amount.currency} ${formatMajor(remedy.amount)}.` : null;
}

/** What the reader may do with it now, with the reason beside what they may not. */
function actions(record: RemedyRecord, reader: Reader, now: number): AllowedAction[] {
  const { remedy } = record;
  const bar = grantOf(reader.role, 'remedy.approve') === 'none' ? 'Only a manager decides on remedies.' : barFor(remedy, reader);
  const decided = remedy.state !== 'proposed' ? `It is ${remedy.state} already.` : undefined;
  const twice = remedy.approvals.some((a) => a.personId === reader.id) ? 'You have approved it already; another manager must.' : undefined;
  const canCallBack = mayDo(reader.role, 'remedy.call_back') && remedy.state === 'approved' && remedy.executeAfter !== null && remedy.executeAfter > now;
  const action = (name: string, why: string | undefined): AllowedAction => ({ action: name, allowed: why === undefined, why: why ?? null, needsApproval: false, limit: null });
  return [
    action('approve', bar ?? decided ?? twice),
    action('decline', bar ?? (remedy.state === 'failed' ? undefined : decided)),
    action('call_back', canCallBack ? undefined : 'Nothing can be called back.'),
  ];
}
