import type { Server } from 'node:http';
import { CHANGE_CHANNEL, Listener, type Transactions } from '@orderwatch/db';
import type { Authenticator } from '../auth/authenticator.js';
import type { ReadinessProbe } from '../health/readiness.js';
import type { Logger } from '../telemetry/logger.js';
import { ChangeReader } from './change-reader.js';
import { LiveGateway } from './live-gateway.js';
import type { LiveWake } from './live-wake.js';

export interface LiveParts {
  readonly transactions: Transactions;
  readonly databaseUrl: string;
  readonly wake: LiveWake;
  readonly authenticator: Authenticator;
  readonly probe: ReadinessProbe;
  readonly publicUrl: string;
  readonly logger: Logger;
}

const LAG_LOOK_MS = 5_000;

/** The live layer of one api process: its reader of changes and its sockets, woken from inside and by NOTIFY. */
export class LiveRuntime {
  readonly reader: ChangeReader;
  readonly gateway: LiveGateway;
  private readonly listener: Listener;
  private timer: NodeJS.Timeout | undefined;
  private unhook: (() => void) | undefined;

  constructor(private readonly parts: LiveParts) {
    const { transactions, databaseUrl, authenticator, probe, publicUrl, logger } = parts;
    this.reader = new ChangeReader({ db: transactions, onChanges: (changes) => this.gateway.emit(changes), onTrouble: (error) => logger.warn({ err: error }, 'changes could not be read; trying again') });
    this.gateway = new LiveGateway({ reader: this.reader, authenticator, publicUrl, logger, lagSeconds: () => probe.liveLagSeconds });
    this.listener = new Listener({
      url: databaseUrl, channels: [CHANGE_CHANNEL], onNotice: () => this.reader.wake(), onTrouble: (error) => logger.warn({ err: error }, 'the listener for changes lost its connection and makes another'),
    });
  }

  async start(server: Server): Promise<void> {
    await this.reader.start();
    await this.listener.start();
    this.unhook = this.parts.wake.onWake(() => this.reader.wake());
    this.gateway.attach(server);
    this.timer = setInterval(() => void this.parts.probe.lookLive().catch(() => undefined), LAG_LOOK_MS);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.unhook?.();
    // What was committed last is told before everybody has to look for another server.
    await this.reader.settle().catch(() => undefined);
    await this.gateway.close();
    await this.listener.stop();
    await this.reader.stop();
  }
}
