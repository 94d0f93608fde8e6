import { Inject, Injectable } from '@nestjs/common';
import { connectionLabels, latestPosition, stuckParcels, Transactions, type Clock, type StuckQuery } from '@orderwatch/db';
import { sourceInWords, statusWord } from '@orderwatch/domain';
import { CaseState, initialsOf, moneyOf, Role } from '../../platform/graphql/shared-types.js';
import { CLOCK } from '../../platform/tokens.js';
import { LanePaces } from './lane-paces.js';
import type { StuckPage } from './stuck.types.js';

const inWords = (status: string): string => statusWord('shipment', status).label;
const HOUR = 3_600_000;

/** Parcels that stopped, told apart from those whose feed stopped. */
@Injectable()
export class ShowStuckService {
  constructor(
    private readonly db: Transactions,
    private readonly paces: LanePaces,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async show(query: Omit<StuckQuery, 'now'>): Promise<StuckPage> {
    const now = new Date(this.clock.now());
    const seq = await latestPosition(this.db);
    const [page, usual, labels] = await Promise.all([stuckParcels(this.db, { ...query, now }), this.paces.usual(), connectionLabels(this.db)]);
    const rows = page.rows.map(({ valueMinor, currency, owner, caseNumber, status, ...row }) => {
      const pace = usual({ carrier: row.carrier ?? 'unknown', facility: row.facility, status });
      return {
        ...row, feed: row.feed === null ? null : sourceInWords(row.feed, labels), lane: status, status: inWords(status), value: moneyOf(valueMinor, currency),
        owner: owner ? { ...owner, role: Role[owner.role], initials: initialsOf(owner.name) } : null,
        caseState: row.caseState === null ? null : CaseState[row.caseState], caseId: caseNumber === null ? null : row.orderId, caseNumber: caseNumber === null ? null : `EX-${caseNumber}`,
        usual: pace && { p50Hours: pace.p50 / HOUR, p90Hours: pace.p90 / HOUR, scans: pace.scans, of: pace.of },
        nextExpectedAt: pace && new Date(row.silentSince.getTime() + pace.p90),
      };
    });
    const groups = page.groups.map(({ lanes, ...place }) => ({ ...place, lanes: lanes.map((lane) => ({ ...lane, label: inWords(lane.lane) })) }));
    const lateFeeds = page.lateFeeds.map((feed) => ({ ...feed, label: sourceInWords(feed.connection, labels) }));
    return { ...page, rows, groups, lateFeeds, generatedAt: now, seq };
  }
}
