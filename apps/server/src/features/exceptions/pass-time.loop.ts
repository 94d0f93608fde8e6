import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Loop } from '../../pipeline/loop.js';
import type { Logger } from '../../platform/telemetry/logger.js';
import { LOGGER } from '../../platform/tokens.js';
import { PassTime } from './acts/case-commands.service.js';

const BATCH = 200;
const EVERY_MS = 2_000;

/** A snooze this long past its time has not been woken by anybody: somebody must look at the workers. */
export const SLEEPS_TOO_LONG_MS = 60_000;

/** Workers look for leases and snoozes that have ended; any number may, for each act is a compare and set. */
@Injectable()
export class PassTimeLoop implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly loop: Loop;

  constructor(passTime: PassTime, @Inject(LOGGER) logger: Logger) {
    this.loop = new Loop('leases', async () => ((await passTime.run(BATCH)) === BATCH ? 0 : EVERY_MS), logger);
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.loop.stop();
  }
}
