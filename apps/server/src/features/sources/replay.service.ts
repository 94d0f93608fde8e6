import { Inject, Injectable } from '@nestjs/common';
import { Transactions, writeAudit, writeChanges, type Clock } from '@orderwatch/db';
import { Replay } from '../../pipeline/replay.js';
import type { Principal } from '../../platform/auth/principal.js';
import { badInput } from '../../platform/errors/refusals.js';
import { CLOCK } from '../../platform/tokens.js';
import type { ReplayArgs, ReplayResult } from './health.types.js';

/** Runs dead letters through today's code: what it would do, or in earnest. */
@Injectable()
export class ReplayService {
  constructor(
    private readonly replay: Replay,
    private readonly db: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ ids, connection, cause, dryRun, mutationId }: ReplayArgs, principal: Principal): Promise<ReplayResult> {
    if (ids?.some((id) => !/^\d{1,18}$/.test(id))) throw badInput('An id of a dead letter is a number.');
    const selection = { deadOnly: true, ids: ids ?? undefined, connection: connection ?? undefined, cause: cause ?? undefined };
    const outcome = await this.replay.run(selection, dryRun);
    if (!dryRun) await this.record({ ids, connection, cause, ...outcome }, principal, mutationId);
    return { dryRun, ...outcome };
  }

  private async record(detail: Record<string, unknown>, principal: Principal, mutationId: string): Promise<void> {
    const now = this.clock.now();
    const connection = typeof detail['connection'] === 'string' ? detail['connection'] : 'all';
    await this.db.run(async (tx) => {
      await writeChanges(tx, [{ topic: 'health', entity: 'dead_letter', id: connection, version: Math.floor(now / 1000), changed: ['replayed'], actor: principal.id, mutationId, at: now }]);
      await writeAudit(tx, { actor: principal.id, action: 'delivery.replay', target: connection, detail, at: now });
    });
  }
}
