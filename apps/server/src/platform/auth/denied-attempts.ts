import { Inject, Injectable } from '@nestjs/common';
import { noteDenied, Transactions, type Clock } from '@orderwatch/db';
import { CLOCK, LOGGER } from '../tokens.js';
import type { Logger } from '../telemetry/logger.js';
import { subjectOf, type Principal } from './principal.js';

/** Writes into the audit what the role matrix refused: who tried what, whichever way in. Nobody's answer changes when it cannot be written. */
@Injectable()
export class DeniedAttempts {
  constructor(
    private readonly db: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Of people and programs; strangers have no name to write down, and stand in the log. @param request its id, before entries learn it by themselves. */
  async note(principal: Principal | null, action: string | undefined, request?: string): Promise<void> {
    const what = action ?? 'none';
    this.logger.warn({ action: what, who: principal?.id ?? null, as: subjectOf(principal) }, 'refused by the role matrix');
    if (!principal) return;
    const attempt = { actor: principal.id, action: what, target: null, why: `Not for ${subjectOf(principal)}.`, at: this.clock.now(), ...(request === undefined ? {} : { request }) };
    await noteDenied(this.db, attempt).catch((error: unknown) => this.logger.error({ err: error }, 'a refused attempt could not be written down'));
  }
}
