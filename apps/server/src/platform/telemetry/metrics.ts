import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What /metrics shows. One registry per application, so that tests do not share one. */
export class Metrics {
  readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'orderwatch_http_request_seconds', help: 'HTTP requests by route and status', labelNames: ['method', 'route', 'status'] as const, registers: [this.registry],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  private readonly series = new Map<string, Histogram.Internal<'method' | 'route' | 'status'>>();

  /** One request; a series is looked up once, since prom-client sorts and joins its labels each time. */
  request(method: string, route: string, status: number, seconds: number): void {
    const key = `${method} ${status} ${route}`;
    const series = this.series.get(key) ?? this.requests.labels(method, route, String(status));
    this.series.set(key, series);
    series.observe(seconds);
  }

  /** A number that is read when somebody asks. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void {
    new Gauge({ name, help, registers: [this.registry], async collect() { this.set(await read()); } });
  }
}
