import { afterEach, describe, expect, it } from '@jest/globals';
import { Listener, SECRETS } from '../testing/listener.js';
import { Courier } from './courier.js';
import type { Outgoing } from './outgoing.js';

const outgoing = (id: string, connection: Outgoing['connection'] = 'shopify'): Outgoing => ({ id, connection, topic: 'orders/create', triggeredAt: 1_800_000_000_000, eventId: 'e', body: '{"id":1}' });

let open: { close(): Promise<void> } | undefined;
afterEach(async () => open?.close());

describe('courier', () => {
  it('delivers signed, and the same delivery again under the same id after a failure', async () => {
    const listener = new Listener();
    open = listener;
    let answers = [503, 500];
    listener.answer = () => answers.shift() ?? 200;
    const courier = new Courier({ url: await listener.listen(), secrets: SECRETS, say: () => undefined });
    const receipt = await courier.send(outgoing('w-1'));
    expect(receipt).toMatchObject({ status: 200, attempts: 3 });
    expect(listener.arrivals.map((arrival) => arrival.headers['x-shopify-webhook-id'])).toEqual(['w-1', 'w-1', 'w-1']);
    expect(listener.arrivals.every((arrival) => arrival.isGenuine)).toBe(true);
    answers = [401];
    courier.stop();
  });

  it('waits while nobody listens and loses nothing', async () => {
    const first = new Listener();
    const url = await first.listen();
    await first.close();
    const lines: string[] = [];
    const courier = new Courier({ url, secrets: SECRETS, say: (line) => lines.push(line) });
    const receipts = Promise.all(['a', 'b', 'c'].map((id) => courier.send(outgoing(id, id === 'b' ? 'events' : 'easypost'))));
    const second = new Listener();
    open = second;
    await second.listen(Number(new URL(url).port));
    expect((await receipts).map((receipt) => receipt.status)).toEqual([200, 200, 200]);
    expect(second.arrivals.every((arrival) => arrival.isGenuine)).toBe(true);
    courier.stop();
  });

  it('sends nothing for a connection without a secret', async () => {
    const courier = new Courier({ url: 'http://127.0.0.1:9', secrets: {}, say: () => undefined });
    expect(await courier.send(outgoing('x'))).toMatchObject({ status: 0, attempts: 0 });
  });
});
