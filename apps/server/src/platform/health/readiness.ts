import { changeLagSeconds, missingMigrations, processorLagSeconds, type Queryable } from '@orderwatch/db';
import type { ProcessState } from './process-state.js';

export interface Check {
  readonly ok: boolean;
  readonly detail?: string;
  readonly lagSeconds?: number;
}

export interface Readiness {
  readonly isReady: boolean;
  readonly checks: Readonly<Record<'process' | 'database' | 'migrations' | 'processor' | 'live', Check>>;
}

const PROCESSOR_LATE = 60;
const LIVE_LATE = 2;

/** A lag is told and does not take the process out: without it nothing would be received either. */
export class ReadinessProbe {
  /** As of the last look; the beat tells clients to refetch when it is long. */
  liveLagSeconds = 0;

  constructor(
    private readonly db: Queryable,
    private readonly state: ProcessState,
  ) {}

  private looking: Promise<Readiness> | undefined;

  /** However many ask at once, the database is asked once: anybody may ask. */
  look(): Promise<Readiness> {
    this.looking ??= this.check().finally(() => {
      this.looking = undefined;
    });
    return this.looking;
  }

  private async check(): Promise<Readiness> {
    const unknown: Check = { ok: false, detail: 'unknown' };
    try {
      const [missing, processor, live] = await Promise.all([missingMigrations(this.db), processorLagSeconds(this.db).catch(() => 0), this.lookLive()]);
      const process = this.process();
      const migrations: Check = missing.length === 0 ? { ok: true } : { ok: false, detail: `missing: ${missing.join(', ')}` };
      return {
        isReady: process.ok && migrations.ok,
        checks: { process, database: { ok: true }, migrations, processor: { ok: processor < PROCESSOR_LATE, lagSeconds: round(processor) }, live: { ok: live < LIVE_LATE, lagSeconds: round(live) } },
      };
    } catch {
      return { isReady: false, checks: { process: this.process(), database: { ok: false, detail: 'cannot be reached' }, migrations: unknown, processor: unknown, live: unknown } };
    }
  }

  /** Looked at last: who began to stop while the database was asked is not ready. */
  private process(): Check {
    return this.state.isDraining ? { ok: false, detail: 'stopping' } : { ok: true };
  }

  async lookLive(): Promise<number> {
    this.liveLagSeconds = await changeLagSeconds(this.db);
    return this.liveLagSeconds;
  }
}

const round = (seconds: number): number => Math.round(seconds * 1_000) / 1_000;
