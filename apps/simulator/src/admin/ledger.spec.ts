import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compileSimulator, ended, startSimulator } from '../testing/compiled.js';
import { Ledger, type Effect } from './ledger.js';

let compiled: Awaited<ReturnType<typeof compileSimulator>>;
let folder: string;
beforeAll(async () => {
  compiled = await compileSimulator();
  folder = mkdtempSync(join(tmpdir(), 'ledger-'));
});
afterAll(() => {
  compiled.remove();
  rmSync(folder, { recursive: true });
});

const QUERY = 'mutation($input: RefundInput!, $key: String!) { refundCreate(input: $input) @idempotent(key: $key) { refund { id } userErrors { message } } }';

async function refund(url: string, key: string): Promise<string> {
  const id = 'gid://shopify/Order/77';
  const variables = { key, input: { orderId: id, transactions: [{ orderId: id, gateway: 'manual', kind: 'REFUND', amount: '1.00' }] } };
  const response = await fetch(`${url}/admin/api/2026-10/graphql.json`, { method: 'POST', headers: { 'x-shopify-access-token': 't' }, body: JSON.stringify({ query: QUERY, variables }) });
  const { data } = (await response.json()) as { data: { refundCreate: { refund: { id: string } } } };
  return data.refundCreate.refund.id;
}

describe('ledger', () => {
  it('has every answered effect once after kill -9, and a restart answers the same', async () => {
    const path = join(folder, 'killed.jsonl');
    const env = { SIMULATOR_RATE: '0', SIMULATOR_LEDGER: path };
    const first = await startSimulator(compiled.folder, env);
    const answered = new Map<string, string>();
    const asking = Promise.allSettled(Array.from({ length: 60 }, async (_, n) => {
      const key = `key-${n}`;
      answered.set(key, await refund(first.url, key));
      if (answered.size === 25) first.child.kill('SIGKILL');
    }));
    await ended(first.child);
    await asking;
    expect(answered.size).toBeGreaterThanOrEqual(25);
    const written = readFileSync(path, 'utf8').split('\n').filter((line) => line.endsWith('}')).map((line) => JSON.parse(line) as Effect);
    for (const [key, id] of answered) expect(written.filter((effect) => effect.key === key).map((effect) => `gid://shopify/Refund/${effect.effectId}`)).toEqual([id]);

    const second = await startSimulator(compiled.folder, env);
    for (const [key, id] of [...answered].slice(0, 5)) expect(await refund(second.url, key)).toBe(id);
    expect(((await (await fetch(`${second.url}/__ledger`)).json()) as Effect[]).filter((effect) => effect.key === 'key-0')).toHaveLength(1);
    second.child.kill('SIGTERM');
    expect(await ended(second.child)).toBe(0);
  });

  it('ends with its parent', async () => {
    const { child } = await startSimulator(compiled.folder, { SIMULATOR_RATE: '0', SIMULATOR_LEDGER: join(folder, 'orphan.jsonl') });
    child.disconnect();
    expect(await ended(child)).toBe(0);
  });

  it('drops a line that a crash cut off, and nothing else', () => {
    const path = join(folder, 'torn.jsonl');
    const effect: Effect = { at: '2026-11-20T09:00:00.000Z', kind: 'refund', key: 'k', sourceIdentifier: null, orderId: '1', amount: '1.00', currency: 'EUR', effectId: '9', fingerprint: 'f', detail: {} };
    const ledger = new Ledger(path);
    ledger.append(effect);
    ledger.close();
    appendFileSync(path, '{"at":"2026-11-2');
    const again = new Ledger(path);
    again.append({ ...effect, key: 'k2' });
    again.close();
    expect(readFileSync(path, 'utf8').trimEnd().split('\n').map((line) => (JSON.parse(line) as Effect).key)).toEqual(['k', 'k2']);
  });
});
