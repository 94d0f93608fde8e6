import { Inject, Injectable } from '@nestjs/common';
import { ConfigurationStore, connectionLabels, CustomerStore, feedsOnTime, latestPosition, liveRemedyPolicy, readOrderPage, silencesAt, Transactions, type Clock } from '@orderwatch/db';
import { mayDo, type RemedyPolicy } from '@orderwatch/domain';
import { subjectOf, type Principal } from '../../platform/auth/principal.js';
import type { Logger } from '../../platform/telemetry/logger.js';
import { CLOCK, LOGGER } from '../../platform/tokens.js';
import { customerOf, orderView } from './order-view.js';
import { pageAsKnown } from './page-as-known.js';
import type { OrderDetail } from '../../platform/graphql/order-types.js';

/** Reads one order for one person. */
@Injectable()
export class ShowOrderService {
  constructor(
    private readonly db: Transactions,
    private readonly configuration: ConfigurationStore,
    private readonly customers: CustomerStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly log: Pick<Logger, 'error'>,
  ) {}

  /** `knownAt`: as it was known then, in epoch milliseconds; null, or a time ahead, is now. */
  async show(id: string, principal: Principal, knownAt: number | null = null): Promise<OrderDetail | null> {
    const seq = await latestPosition(this.db);
    const page = await readOrderPage(this.db, id);
    if (!page) return null;
    const now = this.clock.now();
    const past = knownAt !== null && knownAt < now ? knownAt : null;
    const subject = subjectOf(principal);
    const [current, labels, feedsNow, customers, silences, remedyPolicy] = await Promise.all([
      this.configuration.read(this.db), connectionLabels(this.db), feedsOnTime(this.db), this.customers.read(this.db, page.customerId ? [page.customerId] : []),
      past === null ? null : silencesAt(this.db, past), past === null ? this.limits() : null,
    ]);
    const customer = customerOf(customers.get(page.customerId ?? ''), mayDo(subject, 'customer.read'));
    const shared = { labels, customer, subject, remedyPolicy, answeredAt: now, seq, onTrackFailed: (track: string, error: unknown) => this.log.error({ track, orderId: id, error }, 'a track could not be read') };
    if (past === null || silences === null) return orderView({ ...shared, page, configuration: current, feeds: feedsNow, now, knownAt: null });
    const then = pageAsKnown(page, past, current.statusMap);
    const feeds = { total: feedsNow.total, onTime: feedsNow.total - Object.keys(silences).length };
    return then && orderView({ ...shared, page: then, configuration: { ...current, silences }, feeds, now: past, knownAt: past });
  }

  /** A policy that an older or newer program wrote may not be readable: the page is, and offers no remedy. */
  private async limits(): Promise<RemedyPolicy | null> {
    try {
      return (await liveRemedyPolicy(this.db)).policy;
    } catch (error) {
      this.log.error({ error }, 'the limits of remedies cannot be read');
      return null;
    }
  }
}
