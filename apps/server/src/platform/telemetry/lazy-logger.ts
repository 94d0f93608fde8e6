import type { Bindings, Logger } from './logger.js';

/** The logger of a request, made when it says something: most requests do not, and making one costs more than routing. */
export class LazyLogger {
  private made: Logger | undefined;

  constructor(
    private readonly parent: Logger,
    private readonly bindings: Bindings,
  ) {}

  get level(): string {
    return this.parent.level;
  }

  private get own(): Logger {
    return (this.made ??= this.parent.child(this.bindings));
  }

  child(bindings: Bindings): Logger {
    return this.own.child(bindings);
  }

  fatal(...said: Parameters<Logger['fatal']>): void {
    this.own.fatal(...said);
  }

  error(...said: Parameters<Logger['error']>): void {
    this.own.error(...said);
  }

  warn(...said: Parameters<Logger['warn']>): void {
    this.own.warn(...said);
  }

  info(...said: Parameters<Logger['info']>): void {
    this.own.info(...said);
  }

  debug(...said: Parameters<Logger['debug']>): void {
    this.own.debug(...said);
  }

  trace(...said: Parameters<Logger['trace']>): void {
    this.own.trace(...said);
  }

  silent(...said: Parameters<Logger['silent']>): void {
    this.own.silent(...said);
  }
}
