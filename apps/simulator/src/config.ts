/** Everything that can be set from outside. This is the only file that reads `process.env`. */
export interface Config {
  readonly url: string;
  readonly secrets: { readonly events: string | undefined; readonly shopify: string | undefined; readonly easypost: string | undefined };
  /** Port of the stand-in; 0 = a free one. */
  readonly port: number;
  readonly adminToken: string | undefined;
  readonly ledger: string;
  readonly worldFile: string;
  readonly seed: string;
  /** Orders per minute; 0 = only the stand-in and scenarios asked for, nothing by itself. */
  readonly rate: number;
  /** The imported history this world goes on with; undefined = none. */
  readonly history: { readonly from: number; readonly to: number; readonly isExact: boolean } | undefined;
  /** What may be refunded at most on an order the stand-in has never heard of, in minor units. */
  readonly unknownOrderMinor: number;
}

const HISTORY_DAYS = 28;

/** Reads the configuration; throws with the variable's name when a value makes no sense. */
export function readConfig(env: NodeJS.ProcessEnv, now: number): Config {
  const number = (name: string, fallback: number): number => {
    const value = Number(env[name] || fallback);
    if (!Number.isFinite(value) || value < 0) throw new Error(`${name} must be a number of zero or more`);
    return value;
  };
  const time = (name: string): number | undefined => {
    const text = env[name];
    if (!text) return undefined;
    const at = Date.parse(text);
    if (Number.isNaN(at)) throw new Error(`${name} must be an ISO time`);
    return at;
  };
  const ledger = env['SIMULATOR_LEDGER'] || '.orderwatch/simulator/ledger.jsonl';
  const rate = number('SIMULATOR_RATE', env['SIMULATOR_RATE'] === '0' ? 0 : 1);
  const to = time('SIMULATOR_HISTORY_TO');
  const hasHistory = rate > 0 && env['SIMULATOR_HISTORY'] !== 'off';
  const until = to ?? now;
  return {
    url: env['ORDERWATCH_URL'] || 'http://localhost:3000',
    secrets: {
      events: env['ORDERWATCH_EVENTS_SECRET'] || undefined,
      shopify: env['ORDERWATCH_SHOPIFY_SECRET'] || undefined,
      easypost: env['ORDERWATCH_EASYPOST_SECRET'] || undefined,
    },
    port: number('SIMULATOR_PORT', 0),
    adminToken: env['ORDERWATCH_SHOPIFY_TOKEN'] || undefined,
    ledger,
    worldFile: env['SIMULATOR_WORLD'] || `${ledger}.world.json`,
    seed: env['SIMULATOR_SEED'] || 'demo',
    rate,
    history: hasHistory ? { from: time('SIMULATOR_HISTORY_FROM') ?? until - HISTORY_DAYS * 86_400_000, to: until, isExact: to !== undefined } : undefined,
    unknownOrderMinor: Math.round(number('SIMULATOR_UNKNOWN_ORDER_MAX', 10_000) * 100),
  };
}

/** The configuration of this process. */
export function config(): Config {
  return readConfig(process.env, Date.now());
}
