import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { EnvironmentConnection, OutsideSystem } from '@orderwatch/db';
import { z } from 'zod';
import { outsideSystemsOf, outsideVariables } from './config-outside.js';

const flag = z.enum(['0', '1', 'true', 'false']).transform((value) => value === '1' || value === 'true');
const text = z.string().trim().min(1).optional();

const environmentSchema = z.object({
  NODE_ENV: z.string().optional(),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  ORDERWATCH_DATA_DIR: z.string().default('.orderwatch'),
  ORDERWATCH_DEMO: flag.optional(),
  ORDERWATCH_SECRET: z.string().min(16, 'give it at least 16 characters').optional(),
  ORDERWATCH_ROLE: z.enum(['all', 'api', 'worker']).default('all'),
  ORDERWATCH_ADMIN_EMAIL: z.email().optional(),
  ORDERWATCH_ADMIN_PASSWORD: z.string().min(8).optional(),
  ORDERWATCH_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  ORDERWATCH_TRUST_PROXY: text,
  ORDERWATCH_UNSAFE_DATABASE: flag.default(false),
  ORDERWATCH_REMEDY_HOLD_SECONDS: z.coerce.number().min(0).max(3_600).default(30),
  ORDERWATCH_EVENTS_SECRET: text,
  ORDERWATCH_SHOPIFY_SECRET: text,
  ORDERWATCH_SHOPIFY_SHOP: text,
  ORDERWATCH_SHOPIFY_TOKEN: text,
  ORDERWATCH_SHOPIFY_API_URL: text,
  ORDERWATCH_EASYPOST_SECRET: text,
  ...outsideVariables,
  PUBLIC_URL: z.url().optional(),
});
type Environment = z.infer<typeof environmentSchema>;

export type ProcessRole = 'all' | 'api' | 'worker';

/** Everything that is set from outside, read once and frozen. */
export interface Config {
  readonly isProduction: boolean;
  readonly port: number;
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  readonly isDemo: boolean;
  readonly secret: string;
  readonly role: ProcessRole;
  readonly admin: { readonly email: string; readonly password: string } | null;
  readonly logLevel: string;
  /** Which proxies may say whom a request comes from; null = none. */
  readonly trustProxy: string | null;
  /** Runs on a database that may lose commits in a crash: for tests that do not crash it. */
  readonly mayBeUnsafe: boolean;
  readonly connections: readonly EnvironmentConnection[];
  /** Systems that remedies act on, beside the shops. */
  readonly outsideSystems: readonly OutsideSystem[];
  /** For `connection add`, which seals it. */
  readonly connectionSecret: string | null;
  /** How long an approved remedy can be called back. */
  readonly remedyHoldMs: number;
  readonly publicUrl: string;
  readonly webRoot: string;
}

/** What is wrong with the environment, in words for whoever set it. */
export class ConfigError extends Error {}

/** Reads the environment; throws {@link ConfigError} naming every variable that is wrong. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'));
  const e = parsed.data;
  const isProduction = e.NODE_ENV === 'production';
  if (isProduction && e.DATABASE_URL && !e.ORDERWATCH_SECRET) throw new ConfigError('ORDERWATCH_SECRET is required in production with a DATABASE_URL of your own.');
  const dataDir = resolve(e.ORDERWATCH_DATA_DIR);
  return Object.freeze({
    isProduction, port: e.PORT, databaseUrl: e.DATABASE_URL ?? null, dataDir, isDemo: e.ORDERWATCH_DEMO ?? !e.DATABASE_URL, secret: e.ORDERWATCH_SECRET ?? keptSecret(dataDir), role: e.ORDERWATCH_ROLE,
    admin: e.ORDERWATCH_ADMIN_EMAIL && e.ORDERWATCH_ADMIN_PASSWORD ? { email: e.ORDERWATCH_ADMIN_EMAIL, password: e.ORDERWATCH_ADMIN_PASSWORD } : null,
    logLevel: e.ORDERWATCH_LOG_LEVEL, trustProxy: e.ORDERWATCH_TRUST_PROXY ?? null, mayBeUnsafe: e.ORDERWATCH_UNSAFE_DATABASE,
    connections: connectionsOf(e), outsideSystems: outsideSystemsOf(e), connectionSecret: e.ORDERWATCH_CONNECTION_SECRET ?? null, remedyHoldMs: e.ORDERWATCH_REMEDY_HOLD_SECONDS * 1000, publicUrl: e.PUBLIC_URL ?? `http://localhost:${e.PORT}`,
    webRoot: resolve(import.meta.dirname, '../../web/dist'),
  });
}

function connectionsOf(e: Environment): EnvironmentConnection[] {
  const connections: EnvironmentConnection[] = [];
  if (e.ORDERWATCH_EVENTS_SECRET) connections.push({ name: 'events', kind: 'events', secrets: { signing: [e.ORDERWATCH_EVENTS_SECRET] } });
  if (e.ORDERWATCH_SHOPIFY_SECRET) {
    connections.push({
      name: 'shopify', kind: 'shopify',
      secrets: { signing: [e.ORDERWATCH_SHOPIFY_SECRET], shop: e.ORDERWATCH_SHOPIFY_SHOP, token: e.ORDERWATCH_SHOPIFY_TOKEN, apiUrl: e.ORDERWATCH_SHOPIFY_API_URL },
    });
  }
  if (e.ORDERWATCH_EASYPOST_SECRET) connections.push({ name: 'easypost', kind: 'easypost', secrets: { signing: [e.ORDERWATCH_EASYPOST_SECRET] } });
  return connections;
}

/** The secret that lies beside the embedded database; made when it is not there. `wx`: of two starters one makes it. */
function keptSecret(dataDir: string): string {
  const file = join(dataDir, 'secret');
  try {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8').trim();
}

/** Values that must never appear in a log line, whatever put them there. */
export function secretValues(config: Config): string[] {
  const fromConnections = config.connections.flatMap(({ secrets }) => [...secrets.signing, secrets.token]);
  const fromSystems = config.outsideSystems.map(({ access }) => access.secret);
  return [config.secret, config.admin?.password, config.connectionSecret ?? undefined, databasePassword(config.databaseUrl), ...fromConnections, ...fromSystems].filter((value): value is string => value !== undefined && value.length >= 8);
}

function databasePassword(url: string | null): string | undefined {
  return url ? decodeURIComponent(new URL(url).password) || undefined : undefined;
}
