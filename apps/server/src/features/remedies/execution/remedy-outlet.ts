import type { CallResult } from '@orderwatch/connectors';
import type { RemedyRecord } from '@orderwatch/db';

/** The outside system that carries a remedy out. */
export interface RemedyOutlet {
  /** Carries it out, or finds that it happened already. @returns the outside id of the effect. */
  execute(record: RemedyRecord): Promise<CallResult<string>>;
  /** Whether the effect has come back to us, by webhook or look-up. */
  isConfirmed(record: RemedyRecord): Promise<boolean>;
}

export const REMEDY_OUTLET = Symbol('RemedyOutlet');
