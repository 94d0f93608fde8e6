import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { NameTaken, SavedViewStore, Transactions, writeAudit, type Clock, type SavedViewChange, type SavedViewRecord, type Tx } from '@orderwatch/db';
import { mayDo } from '@orderwatch/domain';
import type { PersonPrincipal } from '../../../platform/auth/principal.js';
import { CLOCK } from '../../../platform/tokens.js';
import type { SavedViewInput } from './saved-view.types.js';
import { writeQuery } from './saved-view-query.js';

export const MOST_PINNED = 12;
export const MOST_VIEWS = 100;
const MOST_NAME = 60;
const MOST_PURPOSE = 160;

export type ViewResult =
  | { readonly kind: 'done'; readonly view: SavedViewRecord | null }
  | { readonly kind: 'conflict'; readonly message: string; readonly view: SavedViewRecord | null }
  | { readonly kind: 'not_allowed'; readonly reason: string };

export interface ViewTarget {
  readonly id: string;
  readonly expectedVersion: number;
  readonly mutationId: string;
}

const notAllowed = (reason: string): ViewResult => ({ kind: 'not_allowed', reason });

/** One's own; the team's by those whom the matrix lets share views. */
export function mayChangeView(view: Pick<SavedViewRecord, 'ownerId' | 'isTeam'>, person: Pick<PersonPrincipal, 'id' | 'role'>): boolean {
  return view.isTeam ? mayDo(person.role, 'view.share') : view.ownerId === person.id;
}

interface Wanted {
  readonly name: string;
  readonly purpose: string | null;
  readonly query: string;
}

const line = (text: string, most: number): string => text.replace(/\s+/g, ' ').trim().slice(0, most);

function wanted({ name, purpose, query }: SavedViewInput): Wanted | ViewResult {
  const called = line(name, MOST_NAME);
  if (called === '') return notAllowed('A view needs a name.');
  const text = writeQuery(query);
  if (text === undefined) return notAllowed('That is no address of the queue.');
  return { name: called, purpose: line(purpose ?? '', MOST_PURPOSE) || null, query: text };
}

/** Named addresses of the queue, a person's own and the team's. What is done to the team's is audited. */
@Injectable()
export class SaveView {
  private readonly store = new SavedViewStore();

  constructor(
    private readonly db: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async create(input: SavedViewInput, mutationId: string, person: PersonPrincipal): Promise<ViewResult> {
    const made = await this.store.madeBy(this.db, mutationId);
    if (made) return made.ownerId === person.id ? { kind: 'done', view: made } : notAllowed('That id was used already.');
    const view = wanted(input);
    if ('kind' in view) return view;
    return this.tried(async (tx) => {
      if ((await this.store.countOf(tx, person.id)) >= MOST_VIEWS) return notAllowed(`${MOST_VIEWS} views are the most one person keeps.`);
      const id = randomUUID();
      await this.store.add(tx, { ...view, id, ownerId: person.id, mutationId, now: this.now() });
      return { kind: 'done', view: await this.store.lock(tx, id) };
    });
  }

  update(target: ViewTarget, input: SavedViewInput, person: PersonPrincipal): Promise<ViewResult> {
    const view = wanted(input);
    if ('kind' in view) return Promise.resolve(view);
    return this.change(target, person, (found) => (found.isTeam && view.purpose === null ? notAllowed('Say in one line what it is for.') : view));
  }

  /** Makes an own view the team's. */
  share(target: ViewTarget, purpose: string, person: PersonPrincipal): Promise<ViewResult> {
    const told = line(purpose, MOST_PURPOSE);
    return this.change(target, person, () => (told === '' ? notAllowed('Say in one line what it is for.') : { purpose: told, isTeam: true }));
  }

  /** Gives it back to its owner alone. */
  unshare(target: ViewTarget, person: PersonPrincipal): Promise<ViewResult> {
    return this.change(target, person, () => ({ isTeam: false }));
  }

  delete(target: ViewTarget, person: PersonPrincipal): Promise<ViewResult> {
    return this.tried(async (tx) => {
      const found = await this.store.lock(tx, target.id);
      if (!found || !isSeenBy(found, person)) return { kind: 'done', view: null };
      if (!mayChangeView(found, person)) return notAllowed('It is not yours.');
      if (!(await this.store.remove(tx, target.id, target.expectedVersion))) return changedSince(found);
      await this.audit(tx, 'view.delete', found, person);
      return { kind: 'done', view: null };
    });
  }

  /** In that order; all that were pinned before are not any more. @returns those that stay. */
  async pin(ids: readonly string[], person: PersonPrincipal): Promise<readonly string[]> {
    return this.db.run(async (tx) => {
      await this.store.pin(tx, person.id, [...new Set(ids)].slice(0, MOST_PINNED));
      return this.store.pins(tx, person.id);
    });
  }

  private change(target: ViewTarget, person: PersonPrincipal, decide: (found: SavedViewRecord) => Partial<SavedViewChange> | ViewResult): Promise<ViewResult> {
    return this.tried(async (tx) => {
      const found = await this.store.lock(tx, target.id);
      if (!found || !isSeenBy(found, person)) return { kind: 'conflict', message: 'There is no such view.', view: null };
      if (found.changedBy === target.mutationId) return { kind: 'done', view: found };
      if (!mayChangeView(found, person)) return notAllowed(found.isTeam ? 'Leads and managers change the views of the team.' : 'It is not yours.');
      const decided = decide(found);
      if ('kind' in decided) return decided;
      if (!(await this.store.change(tx, { ...decided, ...target, personId: person.id, now: this.now() }))) return changedSince(found);
      const view = await this.store.lock(tx, target.id);
      if (view) await this.audit(tx, !found.isTeam && view.isTeam ? 'view.share' : found.isTeam && !view.isTeam ? 'view.unshare' : 'view.update', found.isTeam ? found : view, person);
      return { kind: 'done', view };
    });
  }

  private async audit(tx: Tx, action: string, view: SavedViewRecord, person: PersonPrincipal): Promise<void> {
    if (!view.isTeam) return;
    // What somebody looks for can be a customer's address: the name and the purpose tell enough.
    await writeAudit(tx, { actor: person.id, action, target: view.id, detail: { name: view.name, purpose: view.purpose, version: view.version }, at: this.clock.now() });
  }

  private async tried(work: (tx: Tx) => Promise<ViewResult>): Promise<ViewResult> {
    try {
      return await this.db.run(work);
    } catch (error) {
      if (error instanceof NameTaken) return notAllowed(error.message);
      throw error;
    }
  }

  private now(): Date {
    return new Date(this.clock.now());
  }
}

const isSeenBy = (view: SavedViewRecord, person: PersonPrincipal): boolean => view.isTeam || view.ownerId === person.id;
const changedSince = (view: SavedViewRecord): ViewResult => ({ kind: 'conflict', message: 'It changed since you saw it.', view });
