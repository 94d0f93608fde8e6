import type { Server } from 'node:http';
import { CHANGE_CHANNEL, Listener, notifyPresence, PRESENCE_CHANNEL, type Transactions } from '@orderwatch/db';
import type { Authenticator } from '../auth/authenticator.js';
import type { Principal } from '../auth/principal.js';
import type { ReadinessProbe } from '../health/readiness.js';
import type { Logger } from '../telemetry/logger.js';
import { ChangeReader } from './change-reader.js';
import { LiveGateway } from './live-gateway.js';
import type { LiveWake } from './live-wake.js';
import { PresenceBoard, type Presence } from './presence-board.js';

export interface LiveParts {
  readonly transactions: Transactions;
  readonly databaseUrl: string;
  readonly wake: LiveWake;
  readonly authenticator: Authenticator;
  readonly probe: ReadinessProbe;
  readonly publicUrl: string;
  readonly logger: Logger;
  readonly onDenied: (principal: Principal, action: string | undefined) => void;
}

const LAG_LOOK_MS = 5_000;

/** The live layer of one api process: its reader of changes and its sockets, woken from inside and by NOTIFY. */
export class LiveRuntime {
  readonly reader: ChangeReader;
  readonly gateway: LiveGateway;
  private readonly board: PresenceBoard;
  private readonly listener: Listener;
  private timer: NodeJS.Timeout | undefined;
  private told: Promise<void> = Promise.resolve();

  constructor(private readonly parts: LiveParts) {
    const { transactions, databaseUrl, authenticator, probe, publicUrl, logger, onDenied } = parts;
    this.reader = new ChangeReader({ db: transactions, onChanges: (changes) => this.gateway.emit(changes), onTrouble: (error) => logger.warn({ err: error }, 'changes could not be read; trying again') });
    this.board = new PresenceBoard(() => performance.now(), (present) => this.gateway.present(present));
    this.gateway = new LiveGateway({
      reader: this.reader, authenticator, publicUrl, logger, onDenied, lagSeconds: () => probe.liveLagSeconds, presences: () => this.board.all(),
      sayPresence: (presence) => this.sayPresence(presence),
    });
    this.listener = new Listener({
      url: databaseUrl, channels: [CHANGE_CHANNEL, PRESENCE_CHANNEL], onNotice: (channel, payload) => this.notice(channel, payload), onTrouble: (error) => logger.warn({ err: error }, 'the listener for changes lost its connection and makes another'),
    });
  }

  /** One after the other: a window that said something and left at once must not be heard the other way round. */
  private sayPresence(presence: Presence): void {
    const { transactions, logger } = this.parts;
    this.told = this.told.then(() => notifyPresence(transactions, presence)).catch((error: unknown) => logger.debug({ err: error }, 'a presence was not told'));
  }

  private notice(channel: string, payload: string): void {
    if (channel === PRESENCE_CHANNEL) {
      if (payload !== '') this.board.hear(JSON.parse(payload) as Presence);
    } else if (payload === '') this.reader.wake();
    else this.reader.committed(payload);
  }

  async start(server: Server): Promise<void> {
    await this.reader.start();
    await this.listener.start();
    this.parts.wake.wakes(this.reader);
    this.gateway.attach(server);
    this.timer = setInterval(() => {
      this.board.expire();
      void this.parts.probe.lookLive().catch(() => undefined);
    }, LAG_LOOK_MS);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.parts.wake.wakes(undefined);
    // What was committed last is told before everybody has to look for another server.
    await this.reader.settle().catch(() => undefined);
    await this.gateway.close();
    await this.listener.stop();
    await this.reader.stop();
  }
}
