import type { IncomingHttpHeaders } from 'node:http';

export interface OutsideRequest {
  readonly method: string;
  /** Behind the system's prefix. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: IncomingHttpHeaders;
}

export interface OutsideAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Another system that this process stands in for, below a path of its own. It meets with the same trouble as the shop. */
export interface Outside {
  readonly prefix: string;
  /** @returns undefined when there is no such page. */
  answer(request: OutsideRequest): OutsideAnswer | undefined;
}
