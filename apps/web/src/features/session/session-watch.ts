import type { SessionLeft } from '@orderwatch/contract';
import type { Clock } from '../../live';

/** So long before its end a session is said to end, in milliseconds. */
export const WARN_MS = 2 * 60_000;
/** Hands that are at work are told of so often. */
const TELL_MS = 60_000;
/** A clock that jumped, and a sleep, are found out within this. */
const LOOK_MS = 30_000;
/** So soon it is asked again: what failed, and near the end, which other windows may have put off. */
const AGAIN_MS = 10_000;
const SOONEST_MS = 1000;

/** The ends of a session by this machine's clock. */
export interface SessionEnds {
  /** For want of hands. */
  idleAt: number;
  /** Whatever is done. */
  lastAt: number;
}

export interface EndWarning {
  /** `idle`: any touch puts it off; `last`: only signing in again does. */
  kind: 'idle' | 'last';
  /** When the session ends. */
  at: number;
}

/** What there is to warn of at `now`. The last end goes first: who stays would still be signed out. */
export const warningOf = ({ idleAt, lastAt }: SessionEnds, now: number): EndWarning | null => {
  const at = Math.min(idleAt, lastAt);
  if (lastAt - now <= WARN_MS) return { kind: 'last', at };
  return idleAt - now <= WARN_MS ? { kind: 'idle', at } : null;
};

interface SessionWatchOptions {
  clock: Clock;
  /** Tells the server how long the hands have rested in this window (null: it has seen none), and hears what is left. */
  say: (restedMs: number | null) => Promise<SessionLeft>;
  onWarning: (warning: EndWarning | null) => void;
}

/** Tells the server of hands, at most once a minute, and the page when the session is about to end. Only the server's answer makes a warning, or ends one. */
export class SessionWatch {
  private warning: EndWarning | null = null;
  private touchedAt: number | undefined;
  /** The touch that the server knows of. */
  private toldAt = -Infinity;
  private isAsking = false;
  /** When it is asked again without hands; after a failure with them as well. */
  private askAt = 0;
  private hasFailed = false;
  private cancel: (() => void) | undefined;
  private isStopped = false;

  constructor(private readonly options: SessionWatchOptions) {}

  /** Hands are at work. */
  touch(): void {
    this.touchedAt = this.options.clock.now();
    if (this.hasNews()) this.ask();
  }

  /** Asks what is left: in the beginning, and when the window is looked at again. */
  ask(): void {
    if (this.isAsking || this.isStopped) return;
    this.isAsking = true;
    this.cancel?.();
    void this.hear().finally(() => {
      this.isAsking = false;
      this.plan();
    });
  }

  stop(): void {
    this.isStopped = true;
    this.cancel?.();
  }

  private async hear(): Promise<void> {
    const { touchedAt, options: { clock, say } } = this;
    const askedAt = clock.now();
    try {
      const { idleMs, lastMs } = await say(touchedAt === undefined ? null : Math.max(0, askedAt - touchedAt));
      this.hasFailed = false;
      this.toldAt = touchedAt ?? this.toldAt;
      // Counted from the asking: an end that is taken for too early is asked about again.
      this.take({ idleAt: askedAt + idleMs, lastAt: askedAt + lastMs });
    } catch {
      this.hasFailed = true;
      this.askAt = clock.now() + AGAIN_MS;
    }
  }

  private take(ends: SessionEnds): void {
    if (this.isStopped) return;
    const now = this.options.clock.now();
    this.warning = warningOf(ends, now);
    this.askAt = Math.max(now + SOONEST_MS, this.warning ? Math.min(now + AGAIN_MS, this.warning.at) : Math.min(ends.idleAt, ends.lastAt) - WARN_MS);
    this.options.onWarning(this.warning);
  }

  /** Hands were at work, and the server should know. */
  private hasNews(): boolean {
    const { touchedAt, toldAt, warning, hasFailed, askAt, options: { clock } } = this;
    if (touchedAt === undefined || touchedAt <= toldAt || (hasFailed && clock.now() < askAt)) return false;
    return warning?.kind === 'idle' || touchedAt - toldAt >= TELL_MS;
  }

  private plan(): void {
    if (this.isStopped) return;
    this.cancel?.();
    if (this.hasNews()) return this.ask();
    const { clock } = this.options;
    this.cancel = clock.after(Math.min(LOOK_MS, Math.max(0, this.askAt - clock.now())), () => (clock.now() >= this.askAt ? this.ask() : this.plan()));
  }
}
