import { HotRows1763700000000 } from './1763700000000-hot-rows.js';
import { QueueIndexes1763710000000 } from './1763710000000-queue-indexes.js';
import { FewerIndexEntries1763720000000 } from './1763720000000-fewer-index-entries.js';
import { Snoozes1763730000000 } from './1763730000000-snoozes.js';
import { ViewsBulkPreferences1763740000000 } from './1763740000000-views-bulk-preferences.js';
import { Remedies1763750000000 } from './1763750000000-remedies.js';
import { AuditAndPrecedents1763760000000 } from './1763760000000-audit-and-precedents.js';
import { CarrierClaims1763770000000 } from './1763770000000-carrier-claims.js';
import { Credits1763781000000 } from './1763781000000-credits.js';
import { OutsideSystems1763782000000 } from './1763782000000-outside-systems.js';
import { QueueSorts1763780000000 } from './1763780000000-queue-sorts.js';
import { AuditRequests1763786000000 } from './1763786000000-audit-requests.js';
import { Delegations1763783000000 } from './1763783000000-delegations.js';
import { Cohorts1763784000000 } from './1763784000000-cohorts.js';
import { ReshipWay1763788000000 } from './1763788000000-reship-way.js';
import { ReshipDelivery1763789000000 } from './1763789000000-reship-delivery.js';
import { ClaimDeadline1763789500000 } from './1763789500000-claim-deadline.js';
import { RemedyLists1763790000000 } from './1763790000000-remedy-lists.js';
import { RemediesUnseen1763791000000 } from './1763791000000-remedies-unseen.js';
import { SessionMisses1763791100000 } from './1763791100000-session-misses.js';
import { LedgerHours1763791200000 } from './1763791200000-ledger-hours.js';
import { Initial1763690000000 } from './1763690000000-initial.js';

/** All of them, in order. `schema` is what a test database's template is named after. */
export const MIGRATIONS = [
  Initial1763690000000, HotRows1763700000000, QueueIndexes1763710000000, FewerIndexEntries1763720000000, Snoozes1763730000000, ViewsBulkPreferences1763740000000,
  Remedies1763750000000, AuditAndPrecedents1763760000000, CarrierClaims1763770000000, QueueSorts1763780000000, Credits1763781000000, OutsideSystems1763782000000, Delegations1763783000000, Cohorts1763784000000, AuditRequests1763786000000,
  ReshipWay1763788000000, ReshipDelivery1763789000000, ClaimDeadline1763789500000, RemedyLists1763790000000, RemediesUnseen1763791000000, SessionMisses1763791100000, LedgerHours1763791200000,
] as const;
