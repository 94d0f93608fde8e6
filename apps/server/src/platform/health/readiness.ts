import { changeLagSeconds, lastAuditCheck, missingMigrations, processorLagSeconds, type Queryable } from '@orderwatch/db';
import type { ProcessState } from './process-state.js';

export interface Check {
  readonly ok: boolean;
  readonly detail?: string;
  readonly lagSeconds?: number;
}

export interface Readiness {
  readonly isReady: boolean;
  readonly checks: Readonly<Record<'process' | 'database' | 'migrations' | 'processor' | 'live' | 'audit', Check>>;
}

const PROCESSOR_LATE = 60;
const LIVE_LATE = 2;
/** The audit is looked at every ten minutes. */
const AUDIT_LATE = 1_800;

/** A lag, and an audit that does not fit, are told and do not take the process out: without it nothing would be received either. */
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
      const [missing, processor, live, audit] = await Promise.all([
        missingMigrations(this.db), processorLagSeconds(this.db).catch(() => 0), this.lookLive(), auditCheck(this.db).catch((): Check => ({ ok: false, detail: 'unknown' })),
      ]);
      const process = this.process();
      const migrations: Check = missing.length === 0 ? { ok: true } : { ok: false, detail: `missing: ${missing.join(', ')}` };
      return {
        isReady: process.ok && migrations.ok,
        checks: { process, database: { ok: true }, migrations, processor: { ok: processor < PROCESSOR_LATE, lagSeconds: round(processor) }, live: { ok: live < LIVE_LATE, lagSeconds: round(live) }, audit },
      };
    } catch {
      return { isReady: false, checks: { process: this.process(), database: { ok: false, detail: 'cannot be reached' }, migrations: unknown, processor: unknown, live: unknown, audit: unknown } };
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

/** Whether the audit's chain fits, as of the last look at it. */
async function auditCheck(db: Queryable): Promise<Check> {
  const check = await lastAuditCheck(db);
  if (!check) return { ok: true, detail: 'not checked yet' };
  const lagSeconds = round(Math.max(0, Date.now() - check.checkedAt) / 1_000);
  if (check.broken) return { ok: false, lagSeconds, detail: `entry ${check.broken.id} does not fit` };
  return lagSeconds < AUDIT_LATE ? { ok: true, lagSeconds } : { ok: false, lagSeconds, detail: 'not checked lately' };
}

const round = (seconds: number): number => Math.round(seconds * 1_000) / 1_000;
