import type { Sealer } from '../sealing.js';
import type { Queryable } from '../transactions.js';

export type OutsideKind = 'shipstation' | 'gorgias' | 'zendesk';

/** A system that remedies act on: it tells us nothing by itself. */
export interface OutsideSystem {
  readonly name: string;
  readonly kind: OutsideKind;
  /** The home of the orders it is for; null = all. */
  readonly serves: string | null;
  readonly access: { readonly baseUrl: string; readonly account: string; readonly secret: string };
}

const CONTEXT = 'outside system secrets';

/** Outside systems with their secrets, which are sealed as those of connections are. */
export class OutsideSystemStore {
  constructor(private readonly sealer: Sealer) {}

  async list(db: Queryable): Promise<OutsideSystem[]> {
    const rows = await db.query<{ name: string; kind: OutsideKind; serves: string | null; secrets: Buffer }>('select name, kind, serves, secrets from outside_system order by name');
    return rows.map(({ name, kind, serves, secrets }) => ({ name, kind, serves, access: JSON.parse(this.sealer.open(secrets, CONTEXT).toString()) as OutsideSystem['access'] }));
  }

  /** @returns false when the name is taken. */
  async add(db: Queryable, { name, kind, serves, access }: OutsideSystem): Promise<boolean> {
    const rows = await db.query('insert into outside_system (name, kind, serves, secrets) values ($1, $2, $3, $4) on conflict do nothing returning name', [name, kind, serves, this.sealer.seal(JSON.stringify(access), CONTEXT)]);
    return rows.length > 0;
  }
}
