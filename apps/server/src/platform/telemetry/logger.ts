import type { LoggerService } from '@nestjs/common';
import { pino, type DestinationStream, type Logger } from 'pino';

export type { Bindings, Logger } from 'pino';

const SECRET_KEYS = ['password', 'secret', 'token', 'authorization', 'cookie', 'set-cookie', 'signing', 'email', 'phone'];
/** Cookies and API tokens of ours, wherever they turn up. */
const OWN_TOKENS = /\bow[st]_[A-Za-z0-9_-]{20,}/g;

interface LoggerOptions {
  readonly level: string;
  readonly role: string;
  readonly secrets: readonly string[];
  readonly destination?: DestinationStream;
}

/** PostgreSQL tells in `detail` which row or key it refused, values and all; the rest says enough. */
function withoutValues(error: Error): object {
  const { detail: _, ...told } = pino.stdSerializers.err(error) as { detail?: unknown };
  return told;
}

/** One JSON line per event. What is secret is struck out twice: by its key, and by its value. */
export function createLogger({ level, role, secrets, destination }: LoggerOptions): Logger {
  const strike = (line: string): string => {
    let clean = line.replace(OWN_TOKENS, '[secret]');
    for (const secret of secrets) if (clean.includes(secret)) clean = clean.replaceAll(secret, '[secret]');
    return clean;
  };
  const options = {
    level, base: { role, pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: SECRET_KEYS.flatMap((key) => [`["${key}"]`, `*["${key}"]`, `*.*["${key}"]`]), censor: '[secret]' },
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: withoutValues },
    hooks: { streamWrite: strike },
  };
  return destination ? pino(options, destination) : pino(options, pino.destination({ dest: 1, sync: false, minLength: 0 }));
}

/** What Nest itself says goes the same way; its start-up chatter is for debugging. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.logger.debug({ context: rest.at(-1) }, String(message));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.logger.warn({ context: rest.at(-1) }, String(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.logger.error({ err: message instanceof Error ? message : undefined, context: rest.at(-1), stack: rest.length > 1 ? rest[0] : undefined }, String(message));
  }

  debug(message: unknown): void {
    this.logger.trace(String(message));
  }
}
