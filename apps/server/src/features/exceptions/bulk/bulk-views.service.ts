import { Inject, Injectable } from '@nestjs/common';
import { BulkRunStore, Transactions, type BulkItemRow, type BulkRunRecord, type Clock, type KeptSelection, type SelectedCase } from '@orderwatch/db';
import type { PersonPrincipal } from '../../../platform/auth/principal.js';
import { CLOCK } from '../../../platform/tokens.js';
import { caseMutationId, type Deed, type Outcome } from './bulk-deed.js';
import { BulkKind, BulkState, BulkVerb, type BulkGroup, type BulkItem, type BulkRun } from './bulk.types.js';

const EXCEPTIONS = 100;
const MOST_ITEMS = 500;
/** Runs of a session that the tray still tells of. */
const RECENT = 20;
const RECENT_MS = 86_400_000;

interface Rehearsed {
  readonly deed: Deed;
  readonly cases: readonly SelectedCase[];
  readonly outcomes: readonly Outcome[];
  readonly kept: KeptSelection;
  readonly now: Date;
}

/** Runs as their person is told of them; nobody sees another person's. */
@Injectable()
export class BulkViews {
  private readonly runs = new BulkRunStore();

  constructor(
    private readonly db: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(id: string, person: PersonPrincipal): Promise<BulkRun | null> {
    const run = await this.runs.read(this.db, id);
    return run?.personId === person.id ? this.of(run) : null;
  }

  async recent(person: PersonPrincipal): Promise<BulkRun[]> {
    const runs = await this.runs.recent(this.db, person.id, new Date(this.clock.now() - RECENT_MS), RECENT);
    return Promise.all(runs.map((run) => this.of(run)));
  }

  async items(id: string, { after, first }: { readonly after: number; readonly first: number }, person: PersonPrincipal): Promise<BulkItem[]> {
    const run = await this.runs.read(this.db, id);
    if (run?.personId !== person.id) return [];
    const rows = await this.runs.items(this.db, id, { after, first: Math.min(MOST_ITEMS, Math.max(1, first)), isException: false });
    return rows.map((row) => itemOf(id, row));
  }

  async of(run: BulkRunRecord): Promise<BulkRun> {
    const [groups, exceptions] = await Promise.all([this.runs.groups(this.db, run.id), this.runs.items(this.db, run.id, { after: 0, first: EXCEPTIONS, isException: true })]);
    const { verb } = JSON.parse(run.act) as Deed;
    return {
      id: run.id, verb: BulkVerb[verb], state: BulkState[run.state], total: run.total, done: run.done, changed: run.changed, undoes: run.undoes, startedAt: run.createdAt, finishedAt: run.finishedAt,
      groups: groups.map((group) => ({ ...group, kind: BulkKind[group.kind] })), exceptions: exceptions.map((row) => itemOf(run.id, row)), token: null, tokenExpiresAt: null,
    };
  }

  async rehearsal({ deed, cases, outcomes, kept, now }: Rehearsed): Promise<BulkRun> {
    const refused = outcomes.flatMap((outcome, i) => (outcome.kind === 'changed' ? [] : [{ ...outcome, position: i + 1, orderId: cases[i]?.orderId ?? '' }])).slice(0, EXCEPTIONS);
    const names = await this.runs.names(this.db, refused.map((item) => item.orderId));
    return {
      id: kept.token, verb: BulkVerb[deed.verb], state: BulkState.dry_run, total: cases.length, done: outcomes.length, changed: outcomes.filter((o) => o.kind === 'changed').length, undoes: null,
      startedAt: now, finishedAt: now, groups: groupsOf(outcomes), token: kept.token, tokenExpiresAt: kept.expiresAt,
      exceptions: refused.map((item) => itemOf(kept.token, { ...item, ...(names.get(item.orderId) ?? { number: null, orderName: null }) })),
    };
  }
}

function itemOf(runId: string, { position, orderId, number, orderName, kind, message, by, at }: BulkItemRow): BulkItem {
  return {
    position, id: orderId, number: number === null ? null : `EX-${number}`, orderName, kind: kind === null ? null : BulkKind[kind], message, by, at, mutationId: caseMutationId(runId, orderId),
  };
}

/** As the database groups a run that was really made. */
export function groupsOf(outcomes: readonly Outcome[]): BulkGroup[] {
  const groups = new Map<string, { kind: BulkKind; message: string | null; by: Set<string>; count: number }>();
  for (const { kind, message, by } of outcomes) {
    const key = `${kind} ${message ?? ''}`;
    const group = groups.get(key) ?? { kind: BulkKind[kind], message, by: new Set<string>(), count: 0 };
    groups.set(key, group);
    group.count += 1;
    if (by !== null) group.by.add(by);
  }
  const rank = ({ kind }: { kind: BulkKind }): number => (kind === BulkKind.changed ? 0 : 1);
  return [...groups.values()].sort((a, b) => rank(a) - rank(b) || b.count - a.count || compare(a.message ?? '', b.message ?? '')).map(({ by, ...group }) => ({ ...group, by: [...by].sort(compare) }));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
