import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ROOT } from '@orderwatch/rig';

/** An effect as the shop has it in its books. */
export interface Effect {
  /** By the shop's own clock, which is true. */
  readonly at: string;
  readonly kind: string;
  readonly orderId: string;
}

/** The stand-in for the shop's Admin API, in a process of its own with its own ledger: what it wrote down, happened. */
export class Shop {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(ledger: string): Promise<Shop> {
    const child = spawn(process.execPath, [join(ROOT, 'apps/simulator/dist/main.js')], {
      env: { ...process.env, SIMULATOR_RATE: '0', SIMULATOR_PORT: '0', SIMULATOR_LEDGER: ledger, ORDERWATCH_SHOPIFY_TOKEN: Shop.token }, stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line.toString())?.[0];
    if (!url) throw new Error(`the shop did not start: ${line.toString()}`);
    // Nobody is told of its effects: whoever wants to know must look.
    await fetch(`${url}/__control`, { method: 'POST', body: JSON.stringify({ echo: false }) });
    return new Shop(child, url);
  }

  static readonly token = 'the token of the rig';

  get environment(): Readonly<Record<string, string>> {
    return { ORDERWATCH_SHOPIFY_API_URL: this.url, ORDERWATCH_SHOPIFY_TOKEN: Shop.token, ORDERWATCH_SHOPIFY_SHOP: 'rig.example.com' };
  }

  async effects(): Promise<readonly Effect[]> {
    return (await (await fetch(`${this.url}/__ledger`)).json()) as Effect[];
  }

  stop(): void {
    this.child.kill('SIGKILL');
  }
}
