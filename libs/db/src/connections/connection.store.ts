import { randomBytes } from 'node:crypto';
import type { Sealer } from '../sealing.js';
import type { Queryable } from '../transactions.js';

export type ConnectionKind = 'events' | 'shopify' | 'easypost';

/** What a connection keeps secret. */
export interface ConnectionSecrets {
  /** Signing secrets; more than one while a secret is being replaced. */
  readonly signing: readonly string[];
  readonly shop?: string | undefined;
  readonly token?: string | undefined;
  readonly apiUrl?: string | undefined;
}

/** `environment`: its secrets come with the process and are not stored; `imported`: exists only as the home of imported orders. */
export type ConnectionOrigin = 'stored' | 'environment' | 'imported';

export interface Connection {
  readonly name: string;
  readonly kind: ConnectionKind;
  readonly origin: ConnectionOrigin;
  readonly isPaused: boolean;
  readonly secrets: ConnectionSecrets;
}

export interface EnvironmentConnection {
  readonly name: string;
  readonly kind: ConnectionKind;
  readonly secrets: ConnectionSecrets;
}

interface ConnectionRow {
  readonly name: string;
  readonly kind: ConnectionKind;
  readonly secrets: Buffer | null;
  readonly origin: ConnectionOrigin;
  readonly paused_at: Date | null;
}

const CONTEXT = 'connection secrets';

/** The signing secret that a person enters at the source. */
export function newSigningSecret(kind: ConnectionKind): string {
  return kind === 'events' ? `whsec_${randomBytes(32).toString('base64')}` : randomBytes(32).toString('hex');
}

export class ConnectionStore {
  constructor(private readonly sealer: Sealer) {}

  async list(db: Queryable): Promise<Connection[]> {
    const rows = await db.query<ConnectionRow>('select name, kind, secrets, origin, paused_at from connection order by name');
    return rows.map((row) => ({
      name: row.name, kind: row.kind, origin: row.origin, isPaused: row.paused_at !== null,
      secrets: row.secrets ? (JSON.parse(this.sealer.open(row.secrets, CONTEXT).toString()) as ConnectionSecrets) : { signing: [] },
    }));
  }

  /** @returns false when the name is taken by a connection that has secrets already. */
  async add(db: Queryable, connection: EnvironmentConnection): Promise<boolean> {
    const rows = await db.query(
      `insert into connection (name, kind, secrets, origin) values ($1, $2, $3, 'stored')
       on conflict (name) do update set secrets = excluded.secrets, origin = 'stored' where connection.origin = 'imported' and connection.kind = excluded.kind
       returning name`,
      [connection.name, connection.kind, this.sealer.seal(JSON.stringify(connection.secrets), CONTEXT)],
    );
    if (rows.length > 0) await this.announce(db);
    return rows.length > 0;
  }

  /** Rows for connections that the environment names, so that health and counters have a place. Their secrets are not stored. */
  async noteEnvironment(db: Queryable, connections: readonly EnvironmentConnection[]): Promise<void> {
    if (connections.length === 0) return;
    const rows = await db.query(
      `insert into connection (name, kind, origin) select n, k, 'environment' from unnest($1::text[], $2::text[]) as c(n, k)
       on conflict (name) do update set origin = 'environment' where connection.origin = 'imported' returning name`,
      [connections.map((c) => c.name), connections.map((c) => c.kind)],
    );
    if (rows.length > 0) await this.announce(db);
  }

  /** The home of imported orders must exist; a connection that is already there stays as it is. */
  async noteImported(db: Queryable, name: string, kind: ConnectionKind): Promise<void> {
    await db.query(`insert into connection (name, kind, origin) values ($1, $2, 'imported') on conflict (name) do nothing`, [name, kind]);
  }

  async countRejected(db: Queryable, counts: ReadonlyMap<string, number>): Promise<void> {
    await db.query(
      `update connection c set rejected_signatures = c.rejected_signatures + n.n from unnest($1::text[], $2::bigint[]) as n(name, n) where c.name = n.name`,
      [[...counts.keys()], [...counts.values()]],
    );
  }

  private async announce(db: Queryable): Promise<void> {
    await db.query(`select pg_notify('orderwatch_connection', '')`);
  }
}
