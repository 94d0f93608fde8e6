import { Inject, Injectable } from '@nestjs/common';
import { latestPosition, stuckParcels, Transactions, type Clock, type StuckQuery } from '@orderwatch/db';
import { statusWord } from '@orderwatch/domain';
import { initialsOf, moneyOf, Role } from '../../platform/graphql/shared-types.js';
import { CLOCK } from '../../platform/tokens.js';
import type { StuckPage } from './stuck.types.js';

/** Parcels that stopped, told apart from those whose feed stopped. */
@Injectable()
export class ShowStuckService {
  constructor(
    private readonly db: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async show(query: Omit<StuckQuery, 'now'>): Promise<StuckPage> {
    const now = new Date(this.clock.now());
    const seq = await latestPosition(this.db);
    const page = await stuckParcels(this.db, { ...query, now });
    const rows = page.rows.map(({ valueMinor, currency, owner, caseNumber, status, ...row }) => ({
      ...row, status: statusWord('shipment', status).label, value: moneyOf(valueMinor, currency),
      owner: owner ? { ...owner, role: Role[owner.role], initials: initialsOf(owner.name) } : null,
      caseId: caseNumber === null ? null : row.orderId, caseNumber: caseNumber === null ? null : `EX-${caseNumber}`,
    }));
    return { ...page, rows, generatedAt: now, seq };
  }
}
