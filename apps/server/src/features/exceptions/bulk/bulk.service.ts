import { Inject, Injectable } from '@nestjs/common';
import { BulkRunStore, MOST_SELECTED, readCases, SelectionStore, Transactions, type Clock, type KeptSelection, type Matching, type QueueQuery, type SelectedCase, type StuckPlace } from '@orderwatch/db';
import { mayDo, type Assignee } from '@orderwatch/domain';
import type { PersonPrincipal } from '../../../platform/auth/principal.js';
import { uuid } from '../../../platform/graphql/ids.js';
import { Jobs } from '../../../platform/jobs/jobs.js';
import { CLOCK } from '../../../platform/tokens.js';
import { AssignCase } from '../acts/assign-case.service.js';
import { ACTION_OF, decisionOf, foreseen, type Deed, type ForeseeableDeed, type Outcome } from './bulk-deed.js';
import { BULK_QUEUE } from './bulk-jobs.js';
import { BulkViews } from './bulk-views.service.js';
import { BulkWorker } from './bulk-worker.service.js';
import type { BulkRun, BulkSelection, CaseSelection } from './bulk.types.js';

/** So many are done while the person waits; more is a job with progress. */
const AT_ONCE = 50;
/** When a process dies over a run that nobody was asked to go on with, another one looks after it, milliseconds later. */
const LOOK_AFTER = 30_000;
const CHUNK = 500;

export interface NotNow {
  readonly notAllowed: string;
}
const notNow = (notAllowed: string): NotNow => ({ notAllowed });

interface Selected {
  readonly cases: readonly SelectedCase[];
  readonly kept: KeptSelection | null;
}

/** One act on many cases: looked at first without changing anything, then run, case by case. */
@Injectable()
export class BulkActs {
  private readonly selections = new SelectionStore();
  private readonly runs = new BulkRunStore();

  constructor(
    private readonly db: Transactions,
    private readonly jobs: Jobs,
    private readonly worker: BulkWorker,
    private readonly assigning: AssignCase,
    private readonly views: BulkViews,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The cases that match now. What the query asked for is kept for whoever wonders later. */
  async select(query: QueueQuery, person: PersonPrincipal): Promise<CaseSelection> {
    const { view, filter, now } = query;
    return this.keep(await this.selections.matching(this.db, query), { view, filter }, now, person);
  }

  /** The cases of what is stuck at a place now. */
  async selectStuck(place: Omit<StuckPlace, 'now'>, person: PersonPrincipal): Promise<CaseSelection> {
    const now = new Date(this.clock.now());
    return this.keep(await this.selections.stuckAt(this.db, { ...place, now }), { stuck: place }, now, person);
  }

  private async keep({ cases, isCapped, seq }: Matching, query: object, now: Date, person: PersonPrincipal): Promise<CaseSelection> {
    const kept = await this.selections.keep(this.db, { personId: person.id, query, seq, cases, now });
    return { ...kept, count: cases.length, isCapped, generatedAt: now, seq };
  }

  /** What would become of each case, in the shape of the real run. Nothing is written but the selection, as it was seen. */
  async rehearse(selection: BulkSelection, deed: ForeseeableDeed, person: PersonPrincipal): Promise<BulkRun | NotNow> {
    const bar = barFor(deed, person);
    if (bar) return bar;
    const now = this.clock.now();
    const selected = await this.selected(selection, person, new Date(now));
    if ('notAllowed' in selected) return selected;
    const to = await this.assignee(deed);
    if (to && 'notAllowed' in to) return to;
    const cases = await this.selections.seen(this.db, selected.cases.map((c) => c.orderId));
    const outcomes = await this.foresee(cases, decisionOf(deed, person, to), now);
    if (selected.kept) await this.selections.seeAgain(this.db, selected.kept.token, cases);
    const kept = selected.kept ?? (await this.selections.keep(this.db, { personId: person.id, query: null, seq: null, cases, now: new Date(now) }));
    return this.views.rehearsal({ deed, cases, outcomes, kept, now: new Date(now) });
  }

  /** The same id again is the same run, and answers how far it is. */
  async start(selection: BulkSelection, deed: Deed, mutationId: string, person: PersonPrincipal): Promise<BulkRun | NotNow> {
    const known = await this.known(mutationId, person);
    if (known) return known;
    const bar = barFor(deed, person);
    if (bar) return bar;
    const selected = await this.selected(selection, person, new Date(this.clock.now()));
    return 'notAllowed' in selected ? selected : this.run({ deed, cases: selected.cases, undoes: null, mutationId }, person);
  }

  /** Takes back what a run changed, case by case, as far as nobody has changed it since. */
  async undo(id: string, mutationId: string, person: PersonPrincipal): Promise<BulkRun | NotNow> {
    const known = await this.known(mutationId, person);
    if (known) return known;
    const deed: Deed = { verb: 'undo', of: id };
    const bar = barFor(deed, person);
    if (bar) return bar;
    const run = await this.runs.read(this.db, id);
    if (!run || run.personId !== person.id) return notNow('There is nothing to take back.');
    if (run.state === 'running') return notNow('It is still running: stop it first.');
    return this.run({ deed, cases: await this.runs.changed(this.db, id), undoes: id, mutationId }, person);
  }

  /** What was done stays done, and can be taken back. */
  async cancel(id: string, person: PersonPrincipal): Promise<BulkRun | null> {
    await this.runs.cancel(this.db, id, person.id, new Date(this.clock.now()));
    return this.views.run(id, person);
  }

  private async run({ deed, cases, undoes, mutationId }: { readonly deed: Deed; readonly cases: readonly SelectedCase[]; readonly undoes: string | null; readonly mutationId: string }, person: PersonPrincipal): Promise<BulkRun | NotNow> {
    if (cases.length === 0) return notNow(undoes === null ? 'Nothing is selected.' : 'There is nothing to take back.');
    const isLong = cases.length > AT_ONCE;
    const now = new Date(this.clock.now());
    await this.db.run(async (tx) => {
      const isNew = await this.runs.add(tx, { id: mutationId, personId: person.id, act: deed, undoes, cases, now });
      if (isNew) await this.jobs.enqueue(tx, BULK_QUEUE, { id: mutationId }, isLong ? {} : { startAfter: new Date(now.getTime() + LOOK_AFTER) });
    });
    if (!isLong) await this.worker.work(mutationId);
    return (await this.known(mutationId, person)) ?? notNow('There is no such run.');
  }

  private async known(mutationId: string, person: PersonPrincipal): Promise<BulkRun | NotNow | null> {
    const run = await this.runs.read(this.db, mutationId);
    if (!run) return null;
    return run.personId === person.id ? this.views.of(run) : notNow('That id was used already.');
  }

  private async selected({ ids, token }: BulkSelection, person: PersonPrincipal, now: Date): Promise<Selected | NotNow> {
    if (token && ids) return notNow('Name either cases or a selection.');
    if (token) {
      const found = await this.selections.read(this.db, uuid(token, 'token'), person.id, now);
      return found ? { cases: found.cases, kept: found } : notNow('That selection is older than ten minutes. Select again.');
    }
    const orderIds = [...new Set((ids ?? []).map((id) => uuid(id, 'ids')))];
    if (orderIds.length === 0) return notNow('Nothing is selected.');
    if (orderIds.length > MOST_SELECTED) return notNow(`At most ${MOST_SELECTED} cases at once.`);
    return { cases: await this.selections.seen(this.db, orderIds), kept: null };
  }

  private async foresee(cases: readonly SelectedCase[], decide: ReturnType<typeof decisionOf>, now: number): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (let i = 0; i < cases.length; i += CHUNK) {
      const chunk = cases.slice(i, i + CHUNK);
      const records = new Map((await readCases(this.db, chunk.map((c) => c.orderId))).map((record) => [record.orderId, record]));
      outcomes.push(...chunk.map(({ orderId }) => foreseen(records.get(orderId), decide, now)));
    }
    return outcomes;
  }

  private async assignee(deed: Deed): Promise<Assignee | NotNow | null> {
    if (deed.verb !== 'assign' || deed.personId === null) return null;
    return (await this.assigning.assignee(deed.personId)) ?? notNow('There is no such colleague.');
  }
}

function barFor(deed: Deed, person: PersonPrincipal): NotNow | undefined {
  return mayDo(person.role, ACTION_OF[deed.verb]) ? undefined : notNow('Your role does not allow this.');
}
