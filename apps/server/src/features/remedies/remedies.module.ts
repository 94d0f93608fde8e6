import { Module } from '@nestjs/common';
import { defaultRemedyPolicy } from '@orderwatch/domain';
import { RemedyStore, Transactions } from '@orderwatch/db';
import type { Config } from '../../config.js';
import { CONFIG } from '../../platform/tokens.js';
import { DecideRemedy } from './decide-remedy.service.js';
import { ExecuteRemedy } from './execute-remedy.service.js';
import { OrderTimeline } from './order-timeline.js';
import { OrderRemediesResolver } from './order-remedies.resolver.js';
import { ProposeRemedy } from './propose-remedy.service.js';
import { RemediesResolver } from './remedies.resolver.js';
import { RemedyJobDefinitions } from './remedy-job-definitions.js';
import { RemedyJobs } from './remedy-jobs.js';
import { REMEDY_OUTLET } from './remedy-outlet.js';
import { REMEDY_POLICY } from './remedy-policy.js';
import { REMEDY_TIMELINE } from './remedy-timeline.js';
import { ShopDirectory } from './shop-directory.js';
import { ShopifyOutlet } from './shopify-outlet.js';
import { ShowRemedies } from './show-remedies.service.js';
import { SweepRemedies } from './sweep-remedies.service.js';

/** Remedies: proposed, decided, executed once. `RemediesResolver` is listed by the processes that serve people. */
@Module({
  providers: [
    RemedyStore, ShowRemedies, ProposeRemedy, DecideRemedy, ExecuteRemedy, SweepRemedies, RemedyJobs, RemedyJobDefinitions, ShopDirectory, RemediesResolver, OrderRemediesResolver,
    { provide: REMEDY_POLICY, useFactory: (config: Config) => ({ ...defaultRemedyPolicy, callBack: config.remedyHoldMs }), inject: [CONFIG] },
    { provide: REMEDY_OUTLET, useFactory: (db: Transactions, shops: ShopDirectory) => new ShopifyOutlet(db, (home) => shops.shopOf(home)), inject: [Transactions, ShopDirectory] },
    { provide: REMEDY_TIMELINE, useClass: OrderTimeline },
  ],
  exports: [ShowRemedies, ProposeRemedy, DecideRemedy],
})
export class RemediesModule {}
