import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '@orderwatch/rig';

/** An effect as the shop has it in its books. */
export interface Effect {
  readonly kind: 'refund' | 'order' | 'tags';
  readonly key: string | null;
  readonly sourceIdentifier: string | null;
  readonly orderId: string;
}

export type Trouble = 'ok' | '5xx_before' | '5xx_after' | 'slow' | 'reply_lost';

const TOKEN = 'the token of the rig';
const SLOW_MS = 150;

/** The stand-in for the shop's Admin API in a process of its own. What its ledger says, happened; nothing that we kill writes there. */
export class Shop {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly url: string,
  ) {}

  static async start(): Promise<Shop> {
    const folder = mkdtempSync(join(tmpdir(), 'orderwatch-shop-'));
    const child = spawn(process.execPath, [join(ROOT, 'apps/simulator/dist/main.js')], {
      env: { ...process.env, SIMULATOR_RATE: '0', SIMULATOR_PORT: '0', SIMULATOR_LEDGER: join(folder, 'ledger.jsonl'), ORDERWATCH_SHOPIFY_TOKEN: TOKEN }, stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line.toString())?.[0];
    if (!url) throw new Error(`the shop did not start: ${line.toString()}`);
    const shop = new Shop(child, folder, url);
    // Nobody is told of its effects: whoever wants to know must look.
    await shop.control({ echo: false, delayMs: SLOW_MS });
    return shop;
  }

  get environment(): Readonly<Record<string, string>> {
    return { ORDERWATCH_SHOPIFY_API_URL: this.url, ORDERWATCH_SHOPIFY_TOKEN: TOKEN, ORDERWATCH_SHOPIFY_SHOP: 'rig.example.com' };
  }

  /** The next so many requests meet with that. */
  async trouble(mode: Trouble, times: number): Promise<void> {
    await this.control({ mode, times });
  }

  async effects(): Promise<readonly Effect[]> {
    return (await (await fetch(`${this.url}/__ledger`)).json()) as Effect[];
  }

  /** After the processes that asked are dead: resolves when what they had asked for was done. It is served in turn, the slow ones too. */
  async quiet(): Promise<void> {
    for (let i = 0; i < 2; i += 1) {
      await this.trouble('slow', 1);
      await fetch(`${this.url}/admin/api/2026-10/graphql.json`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-shopify-access-token': TOKEN }, body: JSON.stringify({ query: '{ shop { name } }' }) });
    }
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async control(body: object): Promise<void> {
    const { ok, status } = await fetch(`${this.url}/__control`, { method: 'POST', body: JSON.stringify(body) });
    if (!ok) throw new Error(`the shop refuses: ${status}`);
  }
}
