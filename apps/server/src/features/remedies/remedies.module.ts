import { Module } from '@nestjs/common';
import { ClaimStore, DeliveryStore, RemedyPolicyStore, RemedyStore, Sealer, Transactions } from '@orderwatch/db';
import type { Config } from '../../config.js';
import { CONFIG } from '../../platform/tokens.js';
import { ApproveBatch } from './approvals/approve-batch.service.js';
import { ClaimsResolver } from './claims/claims.resolver.js';
import { CohortsResolver } from './approvals/cohorts.resolver.js';
import { DecideRemedy } from './approvals/decide-remedy.service.js';
import { DelegateApprovals } from './approvals/delegate-approvals.service.js';
import { DelegationsResolver } from './approvals/delegations.resolver.js';
import { DeliveringOutlet } from './execution/delivering-outlet.js';
import { ExecuteRemedy } from './execution/execute-remedy.service.js';
import { LookUpRemedy } from './execution/look-up-remedy.service.js';
import { ManageCohorts } from './approvals/manage-cohorts.service.js';
import { MoveClaim } from './claims/move-claim.service.js';
import { OrderTimeline } from './order-timeline.js';
import { OrderRemediesResolver } from './order-remedies.resolver.js';
import { NoteHelpdesk } from './execution/note-helpdesk.service.js';
import { OutsideDirectory } from './execution/outside-directory.js';
import { ProposeRemedy } from './proposals/propose-remedy.service.js';
import { RemediesResolver } from './remedies.resolver.js';
import { RemedyActsResolver } from './remedy-acts.resolver.js';
import { RemedyJobDefinitions } from './execution/remedy-job-definitions.js';
import { RemedyJobs } from './execution/remedy-jobs.js';
import { REMEDY_OUTLET } from './execution/remedy-outlet.js';
import { REMEDY_POLICY, storedPolicies } from './policy/remedy-policy.js';
import { RemedyPolicyResolver } from './policy/remedy-policy.resolver.js';
import { ChangeRemedyPolicy } from './policy/remedy-policy.service.js';
import { REMEDY_TIMELINE } from './remedy-timeline.js';
import { ReshipDeliveryResolver } from './proposals/reship-delivery.resolver.js';
import { ReshipDelivery } from './proposals/reship-delivery.service.js';
import { ReviseRemedy } from './proposals/revise-remedy.service.js';
import { RoutedOutlet } from './execution/routed-outlet.js';
import { ShopDirectory } from './execution/shop-directory.js';
import { ShowPrecedents } from './proposals/show-precedents.service.js';
import { ShowRemedies } from './show-remedies.service.js';
import { SweepRemedies } from './execution/sweep-remedies.service.js';

const outletOf = (db: Transactions, shops: ShopDirectory, systems: OutsideDirectory, sealer: Sealer): DeliveringOutlet =>
  new DeliveringOutlet(db, new DeliveryStore(sealer), new RoutedOutlet(db, (home) => shops.shopOf(home), { ofHome: (home) => systems.systemOf(home, ['shipstation']), named: (name) => systems.named(name, 'shipstation') }));

/** Remedies: proposed, decided, executed once. `RemediesResolver` is listed by the processes that serve people. */
@Module({
  providers: [
    RemedyStore, RemedyPolicyStore, ShowRemedies, ProposeRemedy, DecideRemedy, ExecuteRemedy, ReviseRemedy, LookUpRemedy, SweepRemedies, RemedyJobs, RemedyJobDefinitions, ShopDirectory, OutsideDirectory, NoteHelpdesk,
    RemediesResolver, RemedyActsResolver, RemedyPolicyResolver, ChangeRemedyPolicy, ShowPrecedents, OrderRemediesResolver, ClaimStore, MoveClaim, ClaimsResolver, ReshipDelivery, ReshipDeliveryResolver,
    ApproveBatch, DelegateApprovals, DelegationsResolver, ManageCohorts, CohortsResolver,
    { provide: REMEDY_POLICY, useFactory: (config: Config) => storedPolicies(config.remedyHoldMs), inject: [CONFIG] },
    { provide: REMEDY_OUTLET, useFactory: outletOf, inject: [Transactions, ShopDirectory, OutsideDirectory, Sealer] },
    { provide: REMEDY_TIMELINE, useClass: OrderTimeline },
  ],
  exports: [ShowRemedies, ProposeRemedy, DecideRemedy],
})
export class RemediesModule {}
