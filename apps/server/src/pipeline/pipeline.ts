import {
  ConfigurationStore, ConnectionStore, CustomerStore, FeedHealthStore, InboxStore, Intake, Listener, OrderWriter,
  type Clock, type EnvironmentConnection, type Sealer, type Transactions, type Tx,
} from '@orderwatch/db';
import { ConnectionRegistry } from './connection-registry.js';
import { Deadlines } from './deadlines.js';
import { FeedBeats } from './feed-beats.js';
import type { Log } from './log.js';
import { Loop } from './loop.js';
import { Processor } from './processor.js';
import { Replay } from './replay.js';
import { SilenceMonitor } from './silence-monitor.js';

export interface PipelineOptions {
  readonly transactions: Transactions;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly log: Log;
  readonly connections: readonly EnvironmentConnection[];
  /** Whether deliveries are processed in the transaction that stores them: where one process accepts and works. */
  readonly digests?: boolean;
  /** Called in every transaction that changes something people look at: the live layer of this process tells of it with the commit. */
  readonly announce?: (tx: Tx) => void;
}

/** The parts of the pipeline, wired; whoever makes it decides which of its loops run. */
export class Pipeline {
  readonly writer: OrderWriter;
  readonly customers: CustomerStore;
  readonly registry: ConnectionRegistry;
  readonly connections: ConnectionStore;
  readonly inbox: InboxStore;
  readonly intake: Intake;
  readonly processor: Processor;
  readonly deadlines: Deadlines;
  readonly replay: Replay;
  readonly silence: SilenceMonitor;
  readonly beats: FeedBeats;
  private readonly processing: readonly Loop[];
  private readonly loops: readonly Loop[];
  private listener: Listener | undefined;
  private isWorker = false;

  constructor(private readonly options: PipelineOptions) {
    const { transactions, sealer, clock, log, connections, digests = false, announce = () => undefined } = options;
    const feeds = new FeedHealthStore();
    this.customers = new CustomerStore(sealer);
    this.writer = new OrderWriter(this.customers, new ConfigurationStore());
    this.connections = new ConnectionStore(sealer);
    this.registry = new ConnectionRegistry(transactions, this.connections, connections);
    this.inbox = new InboxStore(sealer);
    const common = { transactions, clock, log, announce, writer: this.writer };
    this.beats = new FeedBeats(transactions, feeds, clock, log);
    this.processor = new Processor({ ...common, inbox: this.inbox, feeds: this.beats, registry: this.registry });
    this.deadlines = new Deadlines(common);
    this.replay = new Replay({ transactions, inbox: this.inbox, processor: this.processor });
    this.silence = new SilenceMonitor({ transactions, feeds, clock, log, announce });
    // Two at a time: while the database works on one batch, the next is understood and folded.
    this.processing = ['processor', 'second processor'].map((name) => new Loop(name, () => this.processor.step(), log));
    this.loops = [...this.processing, new Loop('deadlines', () => this.deadlines.step(), log), new Loop('silence', () => this.silence.step(), log)];
    this.intake = new Intake(transactions, sealer, {
      onStored: () => this.wakeProcessing(),
      ...(digests ? { digest: (tx, deliveries) => this.processor.digest(tx, deliveries) } : {}),
      onUndigested: (error, deliveries) => log.warn({ err: error, deliveries }, 'deliveries were stored without being processed; the processor takes them'),
    });
  }

  /** Listens for news of other processes, and, as a worker, processes deliveries and deadlines. */
  async start({ url, worker }: { readonly url: string; readonly worker: boolean }): Promise<void> {
    const { log } = this.options;
    await this.registry.start();
    this.isWorker = worker;
    this.listener = new Listener({
      url, channels: ['orderwatch_connection', ...(worker ? ['orderwatch_inbox'] : [])],
      onNotice: (channel) => this.heard(channel), onTrouble: (error) => log.warn({ err: error }, 'the listener lost its connection and makes another'),
    });
    await this.listener.start();
    if (worker) for (const loop of this.loops) loop.start();
  }

  /** What was taken is finished: first the intake, then the batch in work. */
  async stop(): Promise<void> {
    await this.intake.stop();
    await this.listener?.stop();
    if (this.isWorker) await Promise.all(this.loops.map((loop) => loop.stop()));
    await this.beats.write();
  }

  private wakeProcessing(): void {
    for (const loop of this.processing) loop.wake();
  }

  private heard(channel: string): void {
    if (channel === 'orderwatch_inbox') this.wakeProcessing();
    else this.registry.refresh().catch((error: unknown) => this.options.log.warn({ err: error }, 'connections could not be read again'));
  }
}
