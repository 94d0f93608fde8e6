import type { Logger } from '../telemetry/logger.js';
import type { Metrics } from '../telemetry/metrics.js';

const SLOW_MS = 1_000;

/** A request that was answered. */
export interface Answered {
  readonly method: string;
  /** The route's pattern, never the path: paths are without number. */
  readonly route: string;
  readonly status: number;
  readonly ms: number;
}

/** What may be said of a request while it runs. */
export type RequestLog = Pick<Logger, 'debug' | 'warn' | 'error'>;

/** One log line per request that went wrong or was slow, and numbers for all. */
export class RequestNotes {
  constructor(
    private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {}

  note({ method, route, status, ms }: Answered, log: RequestLog): void {
    this.metrics.request(method, route, status, ms / 1_000);
    if (status < 500 && ms <= SLOW_MS && !this.logger.isLevelEnabled('debug')) return;
    const line = { method, route, status, ms: Math.round(ms) };
    // Probes ask every few seconds; what is wrong is in their answer.
    if (status >= 500 && !route.startsWith('/health/')) log.error(line, 'request failed');
    else if (ms > SLOW_MS) log.warn(line, 'request was slow');
    else log.debug(line, 'request');
  }
}
