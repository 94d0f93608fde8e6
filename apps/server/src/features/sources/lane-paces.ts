import { Inject, Injectable } from '@nestjs/common';
import { ConfigurationStore, readScanGaps, Transactions, type Clock } from '@orderwatch/db';
import { usualPaces, type ScanGap } from '@orderwatch/domain';
import type { Logger } from '../../platform/telemetry/logger.js';
import { CLOCK, LOGGER } from '../../platform/tokens.js';

/** So long figures of what is usual are good enough, milliseconds. */
const KEPT = 15 * 60_000;
/** Whoever asks for a page does not wait longer for them; they are there the next time. */
const PATIENCE = 400;

type Usual = ReturnType<typeof usualPaces>;

const nothing: Usual = () => null;

/** How fast parcels usually move on, by carrier, place and leg: read from a sample, now and then, beside the answers. */
@Injectable()
export class LanePaces {
  private known: { readonly usual: Usual; readonly at: number } | null = null;
  private reading: Promise<Usual> | null = null;

  constructor(
    private readonly db: Transactions,
    private readonly configuration: ConfigurationStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Pick<Logger, 'warn'>,
  ) {}

  /** What is known now; for the first time, what is found within a moment. */
  async usual(): Promise<Usual> {
    if (this.known && this.clock.now() - this.known.at < KEPT) return this.known.usual;
    this.reading ??= this.read();
    if (this.known) return this.known.usual;
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<Usual>((resolve) => {
      timer = setTimeout(() => resolve(nothing), PATIENCE);
    });
    return Promise.race([this.reading, tooLong]).finally(() => clearTimeout(timer));
  }

  private async read(): Promise<Usual> {
    try {
      const { statusMap } = await this.configuration.read(this.db);
      const gaps: readonly ScanGap[] = await readScanGaps(this.db, { statusMap });
      this.known = { usual: usualPaces(gaps), at: this.clock.now() };
    } catch (error) {
      // The page is whole without them; it is tried again with the next question.
      this.logger.warn({ err: error }, 'the usual pace of lanes could not be read');
    } finally {
      this.reading = null;
    }
    return this.known?.usual ?? nothing;
  }
}
