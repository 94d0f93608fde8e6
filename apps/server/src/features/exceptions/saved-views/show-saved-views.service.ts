import { Inject, Injectable } from '@nestjs/common';
import { COUNT_CAP, countViews, CustomerStore, findOrders, SavedViewStore, Transactions, type Clock, type SavedViewRecord } from '@orderwatch/db';
import type { PersonPrincipal } from '../../../platform/auth/principal.js';
import { CLOCK } from '../../../platform/tokens.js';
import { readQuery } from './saved-view-query.js';
import { mayChangeView } from './saved-view.service.js';
import type { SavedView, SavedViewCount, SavedViews } from './saved-view.types.js';
import { SharedReads } from '../queue/shared-reads.js';

export function savedViewOf({ id, name, purpose, isTeam, ownerId, ownerName, query, version, updatedAt, ...record }: SavedViewRecord, person: PersonPrincipal): SavedView {
  return { id, name, purpose, isTeam, ownerId, ownerName, query: JSON.parse(query), version, updatedAt, canChange: mayChangeView({ ...record, isTeam, ownerId }, person) };
}

/** Views that a person sees, and how many cases their pinned ones hold. */
@Injectable()
export class ShowSavedViews {
  private readonly store = new SavedViewStore();
  private readonly shared = new SharedReads();

  constructor(
    private readonly db: Transactions,
    private readonly customers: CustomerStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async all(person: PersonPrincipal): Promise<SavedViews> {
    const [views, pinned] = await Promise.all([this.store.visible(this.db, person.id), this.store.pins(this.db, person.id)]);
    return { views: views.map((view) => savedViewOf(view, person)), pinned, generatedAt: new Date(this.clock.now()) };
  }

  /** In the order of the pins. */
  counts(person: PersonPrincipal): Promise<readonly SavedViewCount[]> {
    return this.shared.read(person.id, async () => {
      const [views, pinned] = await Promise.all([this.store.visible(this.db, person.id), this.store.pins(this.db, person.id)]);
      const byId = new Map(views.map((view) => [view.id, view]));
      const kept = pinned.flatMap((id) => {
        const query = readQuery(byId.get(id)?.query ?? '{}');
        return query ? [{ id, query }] : [];
      });
      const asked = await Promise.all(kept.map(async ({ query: { view, filter } }) => {
        const text = filter.text?.trim();
        return { view, filter, orderIds: text ? await findOrders(this.db, text, this.customers) : null };
      }));
      const counts = await countViews(this.db, asked, { personId: person.id, now: new Date(this.clock.now()) });
      return kept.map(({ id }, i) => ({ id, count: counts[i] ?? 0, capped: (counts[i] ?? 0) >= COUNT_CAP }));
    });
  }
}
