import { Inject, Injectable } from '@nestjs/common';
import { COUNT_CAP, CustomerStore, findOrders, readQueue, readQueueCounts, Transactions, type Clock, type QueueQuery } from '@orderwatch/db';
import { mayDo, RULES } from '@orderwatch/domain';
import { subjectOf, type Principal } from '../../../platform/auth/principal.js';
import { CaseViews } from '../../../platform/cases/case-views.js';
import { CLOCK } from '../../../platform/tokens.js';
import type { QueueCounts, QueueFilter, QueuePage, QueueSort, QueueView } from './queue.types.js';
import { SharedReads } from './shared-reads.js';

export interface QueueRequest {
  readonly view: QueueView;
  readonly filter: QueueFilter | null;
  /** None: soonest due first. */
  readonly sort?: QueueSort | null;
  readonly first: number | null;
  readonly after: string | null;
}

const personIdOf = (principal: Principal): string | null => (principal.kind === 'person' ? principal.id : null);

/** Lists and counts of cases for one caller. */
@Injectable()
export class ShowQueue {
  private readonly shared = new SharedReads();

  constructor(
    private readonly db: Transactions,
    private readonly views: CaseViews,
    private readonly customers: CustomerStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async page(request: QueueRequest, principal: Principal): Promise<QueuePage> {
    const [page, { rulesOff, ...counts }] = await Promise.all([this.rows(request, principal), this.count(principal)]);
    return { ...page, counts, rulesOn: RULES.length - rulesOff };
  }

  counts(principal: Principal): Promise<QueueCounts> {
    return this.count(principal);
  }

  private rows(request: QueueRequest, principal: Principal): Promise<Omit<QueuePage, 'counts' | 'rulesOn'>> {
    const read = async () => {
      const query = await this.queryOf(request, principal);
      const found = await readQueue(this.db, query);
      // Frozen: those who share it may not change it.
      const rows = Object.freeze(this.views.named(found.records, this.customers.openNames(found.customers), principal));
      return { rows, total: found.total, endCursor: found.endCursor, hasMore: found.hasMore, generatedAt: query.now, seq: found.seq };
    };
    const { view, filter, sort, first, after } = request;
    const isOwn = view === 'mine' || filter?.owner === 'me';
    return this.shared.read(JSON.stringify(['rows', view, filter, sort, first, after, mayDo(subjectOf(principal), 'customer.read'), isOwn ? personIdOf(principal) : null]), read);
  }

  private count(principal: Principal): Promise<QueueCounts & { readonly rulesOff: number }> {
    const isManager = principal.kind === 'person' && (principal.role === 'manager' || (principal.role !== 'admin' && principal.isDelegate === true)); // or decides in one's stead
    const personId = personIdOf(principal);
    return this.shared.read(JSON.stringify(['counts', personId, isManager]), async () => {
      const { silentSources, rulesOff, ...counted } = await readQueueCounts(this.db, { personId, now: new Date(this.clock.now()), isManager });
      const failedSyncs = Math.min(COUNT_CAP, counted.failedSyncs);
      const numbers = { ...counted, failedSyncs, health: Math.min(COUNT_CAP, failedSyncs + silentSources), myClaims: counted.mine };
      return { ...numbers, rulesOff, capped: Object.values(numbers).some((n) => n >= COUNT_CAP) };
    });
  }

  /** The request as the read model takes it; what the text means is looked up first. */
  async queryOf({ view, filter, sort, first, after }: QueueRequest, principal: Principal): Promise<QueueQuery> {
    const text = filter?.text?.trim();
    const orderIds = text ? await findOrders(this.db, text, this.customers) : null;
    return { view, filter: filter ?? {}, orderIds, personId: personIdOf(principal), now: new Date(this.clock.now()), sort: sort ?? null, first, after };
  }
}
