import { type Connection, type ConnectionStore, type EnvironmentConnection, type Transactions } from '@orderwatch/db';

/** How old a look-up that found nothing must be before the next one asks the database again. */
const MISS_MS = 1_000;

/** The connections there are: those of the environment and those stored. Kept in memory, read again when told or when a name is missing. */
export class ConnectionRegistry {
  private byName = new Map<string, Connection>();
  private reading: Promise<void> | undefined;
  private readAt = -MISS_MS;

  constructor(
    private readonly transactions: Transactions,
    private readonly store: ConnectionStore,
    private readonly environment: readonly EnvironmentConnection[],
  ) {
    for (const c of environment) this.byName.set(c.name, this.fromEnvironment(c));
  }

  /** Makes the environment's connections known to the database, and reads the others. */
  async start(): Promise<void> {
    await this.store.noteEnvironment(this.transactions, this.environment);
    await this.refresh();
  }

  known(name: string): Connection | undefined {
    return this.byName.get(name);
  }

  /** The connection, also one that was added a moment ago. Throws when the database is away and the name is not known. */
  async find(name: string): Promise<Connection | undefined> {
    const found = this.byName.get(name);
    if (found || !/^[a-z0-9][a-z0-9-]{0,62}$/.test(name) || performance.now() - this.readAt < MISS_MS) return found;
    await this.refresh();
    return this.byName.get(name);
  }

  list(): Connection[] {
    return [...this.byName.values()];
  }

  refresh(): Promise<void> {
    this.reading ??= this.read().finally(() => {
      this.reading = undefined;
    });
    return this.reading;
  }

  private async read(): Promise<void> {
    const stored = await this.store.list(this.transactions);
    const next = new Map(stored.map((c) => [c.name, c]));
    for (const c of this.environment) next.set(c.name, { ...this.fromEnvironment(c), isPaused: next.get(c.name)?.isPaused ?? false });
    this.byName = next;
    this.readAt = performance.now();
  }

  private fromEnvironment(c: EnvironmentConnection): Connection {
    return { ...c, origin: 'environment', isPaused: false };
  }
}
