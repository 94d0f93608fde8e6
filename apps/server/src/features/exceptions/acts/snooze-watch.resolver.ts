import { Inject } from '@nestjs/common';
import { Query, Resolver } from '@nestjs/graphql';
import { CaseActsStore, Transactions, type Clock } from '@orderwatch/db';
import { Allow, CurrentPrincipal } from '../../../platform/auth/allow.js';
import type { Principal } from '../../../platform/auth/principal.js';
import { CaseViews } from '../../../platform/cases/case-views.js';
import { CaseRow } from '../../../platform/graphql/case-types.js';
import { CLOCK } from '../../../platform/tokens.js';
import { SLEEPS_TOO_LONG_MS } from '../pass-time.loop.js';

const MOST = 100;

/** The watchdog: what should have woken and did not. */
@Resolver()
export class SnoozeWatchResolver {
  constructor(
    private readonly db: Transactions,
    private readonly store: CaseActsStore,
    private readonly views: CaseViews,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Query(() => [CaseRow])
  @Allow('health.read')
  async snoozesPastDue(@CurrentPrincipal() principal: Principal): Promise<CaseRow[]> {
    return this.views.rows(await this.store.sleepingPast(this.db, this.clock.now() - SLEEPS_TOO_LONG_MS, MOST), principal);
  }
}
