import { Inject, Injectable } from '@nestjs/common';
import { CaseActsStore, caseCells, CustomerStore, leaderOf, readCase, Transactions, type CaseRecord, type Clock, type StoredHistoryEntry } from '@orderwatch/db';
import {
  actInWords, assignCase, claimCase, conditionsFor, explain, grantOf, isLeased, labelOf, mayDo, noteCase, outcomesFor, releaseCase, reopenCase, resolveCase, snoozeCase, snoozeLabel,
  type Action, type CaseActor, type CaseCommandResult, type CaseSnapshot, type Finding as OpenFinding,
} from '@orderwatch/domain';
import { subjectOf, type Principal } from '../auth/principal.js';
import type { CaseRow, ExceptionCase, SnoozeCondition } from '../graphql/case-types.js';
import type { AllowedAction, CaseState, Finding, Role, Severity } from '../graphql/shared-types.js';
import { CLOCK } from '../tokens.js';
import { undoAction, undoing, type Undoing } from './past-acts.js';
import { shownHistory } from './shown-history.js';

const NOT_OWN: Undoing = { undone: false, canUndo: false, mutationId: null };
const date = (iso: string): Date => new Date(iso);
const dateOrNull = (iso: string | null): Date | null => (iso === null ? null : new Date(iso));

/** A name that tells whom it is about only to those who know: `Maria Keller` → `M. K.` */
export function maskName(name: string): string {
  return name.split(/\s+/).filter(Boolean).map((word) => `${[...word][0] ?? ''}.`).join(' ');
}

const SOMEBODY = { id: '', name: 'Somebody', grant: 'own' } as const;
const NOWHERE = { scans: {}, known: [], value: null, currency: null } as const;

/** What each act would come to if it were tried now: the screen offers exactly what the use case will allow. */
const TRIALS: readonly (readonly [name: string, action: Action, tryIt: (c: CaseSnapshot, actor: CaseActor, now: number) => CaseCommandResult])[] = [
  ['claim', 'case.claim', claimCase],
  ['release', 'case.release', releaseCase],
  ['assign', 'case.assign', (c, actor, now) => assignCase(c, actor, SOMEBODY, 'because', now)],
  ['snooze', 'case.snooze', (c, actor, now) => snoozeCase(c, actor, { until: now + 3_600_000, condition: null, from: NOWHERE }, now)],
  ['resolve', 'case.resolve', (c, actor, now) => resolveCase(c, actor, outcomesFor(c.rule)[0]?.id ?? '', now)],
  ['reopen', 'case.reopen', (c, actor, now) => reopenCase(c, actor, 'because', now)],
  ['note', 'case.note', (c, actor, now) => noteCase(c, actor, 'because', now)],
];

/** Cases as screens show them: cells, sentences as of now, and what the caller may do. */
@Injectable()
export class CaseViews {
  constructor(
    private readonly db: Transactions,
    private readonly acts: CaseActsStore,
    private readonly customers: CustomerStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The case of that order; null when it has none. */
  async view(orderId: string, principal: Principal): Promise<ExceptionCase | null> {
    const record = await readCase(this.db, orderId);
    if (!record) return null;
    const [rows, history] = await Promise.all([this.rows([record], principal), this.acts.history(this.db, orderId)]);
    const [row] = rows;
    if (!row) return null;
    const told = undoing(record.snapshot, history, principal.id, this.clock.now());
    return {
      row, history: shownHistory(subjectOf(principal), history).map((h) => ({ ...h, ...actInWords(h), ...(told.get(h.id) ?? NOT_OWN) })), findings: this.findings(record),
      allowedActions: this.allowed(record, principal, history, told), snoozeConditions: conditionsFor(record.snapshot).map((id) => ({ id: id as SnoozeCondition, label: snoozeLabel(id) })),
      outcomes: outcomesFor(record.snapshot.rule).map(({ id, label }) => ({ id, label })),
    };
  }

  async rows(records: readonly CaseRecord[], principal: Principal): Promise<CaseRow[]> {
    const customers = await this.customers.read(this.db, [...new Set(records.flatMap((record) => record.customerId ?? []))]);
    return this.named(records, new Map([...customers].map(([id, { name }]) => [id, name])), principal);
  }

  /** Rows whose customers' names are known already. */
  named(records: readonly CaseRecord[], names: ReadonlyMap<string, string | null>, principal: Principal): CaseRow[] {
    const maySee = mayDo(subjectOf(principal), 'customer.read');
    const now = this.clock.now();
    return records.map((record) => {
      const { state, severity, owner, since, openedAt, dueAt, promisedAt, leaseUntil, snoozedUntil, snoozeCondition, resolvedAt, contactAt, changedAt, ...cells } = caseCells(record, now);
      const name = names.get(record.customerId ?? '') ?? null;
      return {
        ...cells, state: state as CaseState, severity: severity as Severity, owner: owner ? { ...owner, role: owner.role as Role } : null,
        since: date(since), openedAt: date(openedAt), dueAt: dateOrNull(dueAt), promisedAt: dateOrNull(promisedAt), leaseUntil: dateOrNull(leaseUntil),
        snoozedUntil: dateOrNull(snoozedUntil), snoozeCondition: snoozeCondition as SnoozeCondition | null, resolvedAt: dateOrNull(resolvedAt),
        contactAt: dateOrNull(contactAt), changedAt: dateOrNull(changedAt), customer: name === null ? null : maySee ? name : maskName(name),
      };
    });
  }

  private findings({ snapshot }: CaseRecord): Finding[] {
    const now = snapshot.resolvedAt ?? this.clock.now();
    const leader = leaderOf(snapshot);
    const ordered = [...snapshot.findings].sort((a, b) => Number(b === leader) - Number(a === leader));
    return ordered.map((finding) => ({
      rule: finding.rule, ruleLabel: labelOf(finding.rule), severity: finding.severity as Severity, since: new Date(finding.since), subject: subjectInWords(finding), shipment: finding.shipment,
      reason: explain(finding, now), suppressedBy: finding.suppressedBy, held: false,
    }));
  }

  private allowed({ snapshot }: CaseRecord, principal: Principal, history: readonly StoredHistoryEntry[], told: ReadonlyMap<string, Undoing>): AllowedAction[] {
    const subject = subjectOf(principal);
    const now = this.clock.now();
    const tried = TRIALS.filter(([, action]) => mayDo(subject, action)).map(([name, action, tryIt]): AllowedAction => {
      const result = tryIt(snapshot, { id: principal.id, grant: grantOf(subject, action) }, now);
      return { action: name, allowed: result.ok, why: result.ok ? null : result.kind === 'taken' ? 'Somebody else works on it right now.' : result.why, needsApproval: false };
    });
    return [...tried, ...takeOver(snapshot, principal, now), ...(mayDo(subject, 'case.undo') ? [undoAction(snapshot, history, told, now)] : [])];
  }
}

/** Only where it is one: what nobody works on is claimed. */
function takeOver(c: CaseSnapshot, principal: Principal, now: number): AllowedAction[] {
  const grant = grantOf(subjectOf(principal), 'case.assign');
  if (grant === 'none') return [];
  const isOthers = isLeased(c, now) && c.ownerId !== principal.id;
  const why = !isOthers ? 'Nobody else works on it.' : grant === 'all' ? null : 'Only a lead or manager takes over before the claim has run out.';
  return [{ action: 'take_over', allowed: why === null, why, needsApproval: false }];
}

function subjectInWords({ subject, shipment }: OpenFinding): string {
  return subject.type === 'order' ? 'order' : `${subject.type} ${shipment ?? subject.id ?? ''}`.trim();
}
