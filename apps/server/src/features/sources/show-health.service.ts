import { Inject, Injectable } from '@nestjs/common';
import { InboxStore, latestPosition, readDeadLetterGroups, readDeadLetters, readNotUsed, readSources, readUnlinked, Transactions, type Clock, type SourceRow } from '@orderwatch/db';
import { feedState, healthSentence, sourceInWords } from '@orderwatch/domain';
import { CLOCK } from '../../platform/tokens.js';
import type { DeadLetter, Health } from './health.types.js';

const ms = (at: Date | null): number | null => at?.getTime() ?? null;

function withState(row: SourceRow) {
  const signs = { ...row, lastReceivedAt: ms(row.lastReceivedAt), silentSince: ms(row.silentSince) };
  return { row, line: { name: sourceInWords(row.connection, row.label === null ? {} : { [row.connection]: row.label }), state: feedState(signs), silentSince: signs.silentSince, lagP50Seconds: row.lagP50Seconds, deadLastHour: row.deadLastHour } };
}

/** How the sources are doing, in one sentence first. */
@Injectable()
export class ShowHealthService {
  constructor(
    private readonly db: Transactions,
    private readonly inbox: InboxStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async show(): Promise<Health> {
    const now = new Date(this.clock.now());
    const seq = await latestPosition(this.db);
    const [rows, deadLetterGroups, unlinked, notUsed, lag] = await Promise.all([
      readSources(this.db, now), readDeadLetterGroups(this.db), readUnlinked(this.db, now), readNotUsed(this.db), this.inbox.lag(this.db),
    ]);
    const feeds = rows.map(withState);
    return {
      sentence: healthSentence(feeds.map((f) => f.line), now.getTime()), sources: feeds.map(({ row, line }) => ({ ...row, label: line.name, state: line.state })), deadLetterGroups,
      unlinked: unlinked.map((item) => ({ ...item, id: item.handle })), notUsed, processorLagSeconds: lag / 1000, generatedAt: now, seq,
    };
  }

  deadLetters(connection: string | null, cause: string | null, first: number): Promise<DeadLetter[]> {
    return readDeadLetters(this.db, { connection, cause, first });
  }
}
