import { type ConnectionKind, ConnectionStore, createDataSource, Sealer, Transactions } from '@orderwatch/db';

/** Of the servers the rig starts. */
const MASTER_SECRET = 'the master secret of the rig';

export const KINDS: readonly ConnectionKind[] = ['events', 'shopify', 'easypost'];

const secretFor = (kind: ConnectionKind, word: string): string => (kind === 'events' ? `whsec_${Buffer.from(`${word}, padded to 24 bytes`).toString('base64')}` : word);

/** A second secret of each kind, which only another connection of that kind knows. */
export const NEIGHBOURS = { events: secretFor('events', 'of the neighbour'), shopify: 'of the neighbouring shop', easypost: 'of the neighbouring carrier' } as const;

export const OLD = { events: secretFor('events', 'of last year'), shopify: 'of last year', easypost: 'of last year' } as const;
export const NEW = { events: secretFor('events', 'of this year'), shopify: 'of this year', easypost: 'of this year' } as const;

/**
 * Connections beside those of the environment: one per kind with another secret, one whose secret is being replaced, and two
 * that have none, with which nobody may deliver anything.
 */
export class Connections {
  private readonly store = new ConnectionStore(new Sealer(MASTER_SECRET));

  private constructor(readonly transactions: Transactions) {}

  static async open(url: string): Promise<Connections> {
    const connections = new Connections(new Transactions(await createDataSource(url, { applicationName: 'orderwatch chaos', poolSize: 2 })));
    for (const kind of KINDS) {
      await connections.add(`${kind}-neighbour`, kind, [NEIGHBOURS[kind]]);
      await connections.add(`${kind}-rotating`, kind, [OLD[kind], NEW[kind]]);
      await connections.add(`${kind}-keyless`, kind, []);
      await connections.add(`${kind}-empty`, kind, ['']);
    }
    return connections;
  }

  /** What replacing a secret ends with: the old one is gone, and every process is told. */
  async retire(kind: ConnectionKind): Promise<void> {
    const sealed = new Sealer(MASTER_SECRET).seal(JSON.stringify({ signing: [NEW[kind]] }), 'connection secrets');
    await this.transactions.query('update connection set secrets = $2 where name = $1', [`${kind}-rotating`, sealed]);
    await this.transactions.query(`select pg_notify('orderwatch_connection', '')`);
  }

  /** Wrong signatures by connection, as the server counted them. */
  async rejected(): Promise<Record<string, number>> {
    const rows = await this.transactions.query<{ name: string; n: number }>('select name, rejected_signatures::int as n from connection where rejected_signatures > 0 order by name');
    return Object.fromEntries(rows.map((row) => [row.name, row.n]));
  }

  /** Hashes of all bodies that were kept, hexadecimal. */
  async kept(): Promise<string[]> {
    return (await this.transactions.query<{ hash: string }>(`select encode(body_hash, 'hex') as hash from inbox order by 1`)).map((row) => row.hash);
  }

  private async add(name: string, kind: ConnectionKind, signing: readonly string[]): Promise<void> {
    if (!(await this.store.add(this.transactions, { name, kind, secrets: { signing } }))) throw new Error(`there is a connection ${name} already`);
  }

  close(): Promise<void> {
    return this.transactions.close();
  }
}

