/** `unknown`: nobody answered; it may have been done or not. Only `ok` obliges the server to anything. */
export type Outcome = 'ok' | 'failed' | 'unknown';

export interface Call {
  readonly id: string;
  readonly outcome: Outcome;
  /** HTTP status; 0 when nobody answered. */
  readonly status: number;
  readonly retryAfter: string | null;
  /** From sending to the answer, milliseconds. */
  readonly ms: number;
}

/** What became of every call that was made. */
export class Outcomes {
  private readonly calls = new Map<string, Call>();
  private readonly odd: Call[] = [];
  /** Longest a call took, milliseconds. */
  slowest = 0;

  /** @param isAllowed which answers beside 2xx a caller may get. */
  constructor(private readonly isAllowed: (call: Call) => boolean = () => true) {}

  note(call: Call): void {
    this.slowest = Math.max(this.slowest, call.ms);
    if (call.outcome !== 'ok' && !this.isAllowed(call)) this.odd.push(call);
    // A call that was made again under its id: what was promised once stays promised.
    if (this.calls.get(call.id)?.outcome !== 'ok') this.calls.set(call.id, call);
  }

  /** Ids of the calls that ended so. */
  of(outcome: Outcome): string[] {
    return [...this.calls.values()].filter((call) => call.outcome === outcome).map((call) => call.id);
  }

  /** Answers that nobody may get. */
  get notAllowed(): readonly Call[] {
    return this.odd;
  }

  get size(): number {
    return this.calls.size;
  }

  toString(): string {
    return `${this.of('ok').length} ok, ${this.of('failed').length} failed, ${this.of('unknown').length} unknown`;
  }
}
