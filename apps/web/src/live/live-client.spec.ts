import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Change, Topic } from '@orderwatch/contract';
import { LiveClient } from './live-client';
import { fakeClock, type FakeClock } from './testing/fake-clock';
import { FakeSocket } from './testing/fake-socket';

const change = (seq: string, prev: string | null, topic: Topic = 'queue'): Change => ({
  topic, seq, prev, entity: 'case', id: seq, version: 1, changed: [], at: '2026-11-20T09:00:00Z', cause: { actor: null, mutationId: null },
});

let clock: FakeClock;
let socket: FakeSocket;
let client: LiveClient;
let seen: string[];
const asked = (): string[] => socket.asked.splice(0);

beforeEach(() => {
  clock = fakeClock();
  seen = [];
  client = new LiveClient({
    open: (events) => (socket = new FakeSocket(events)),
    clock,
    onChange: (each) => seen.push(each.seq ?? 'push'),
    onGap: (topic) => seen.push(`gap ${topic}`),
    onJoined: (topic, position) => seen.push(`joined ${topic} ${String(position)}`),
    onStatus: () => undefined,
    onRefused: () => seen.push('refused'),
  });
  socket.positions = { queue: '10.1', health: null };
});

const up = async (): Promise<void> => {
  client.want('queue');
  client.start();
  socket.open();
  await clock.pass(0);
  asked();
  seen.length = 0;
};

describe('LiveClient', () => {
  it('joins what is wanted once the connection stands, and later wishes at once', async () => {
    client.want('queue');
    client.start();
    socket.open();
    client.want('health');
    await clock.pass(0);
    expect(asked()).toEqual(['connect', 'subscribe queue', 'subscribe health']);
    expect(seen).toEqual(['joined queue 10.1', 'joined health null']);
  });

  it('says where this window is as soon as there is a connection, and again on the next one', () => {
    client.start();
    client.sayPresence({ orderId: 'left', state: 'viewing' });
    client.sayPresence({ orderId: 'left', state: 'gone' });
    client.sayPresence({ orderId: 'here', state: 'viewing' });
    expect(asked()).toEqual(['connect']);
    socket.open();
    expect(asked()).toEqual(['presence here viewing']);
    socket.drop();
    socket.open();
    expect(asked()).toEqual(['presence here viewing']);
  });

  it('fetches what a message shows to be missing, and gives everything in order', async () => {
    await up();
    socket.answers['queue'] = { changes: [change('10.2', '10.1'), change('10.3', '10.2')] };
    socket.events.onChange(change('10.4', '10.3'));
    expect(client.connection.isCatchingUp).toBe(true);
    await clock.pass(0);
    expect(asked()).toEqual(['resume queue 10.1']);
    expect(seen).toEqual(['10.2', '10.3', '10.4']);
    expect(client.connection.isCatchingUp).toBe(false);
  });

  it('reads everything again when the server no longer has what is missing', async () => {
    await up();
    socket.events.onBeat({ serverTime: '2026-11-20T09:00:00Z', seq: { queue: '99.1' } });
    await clock.pass(0);
    expect(seen).toEqual(['gap queue']);
  });

  it('asks after a lost connection for what came meanwhile', async () => {
    await up();
    socket.drop();
    expect(client.connection.isConnected).toBe(false);
    socket.positions['queue'] = '10.3';
    socket.answers['queue'] = { changes: [change('10.3', '10.1')] };
    socket.open();
    await clock.pass(0);
    expect(asked()).toEqual(['subscribe queue', 'resume queue 10.1']);
    expect(seen).toEqual(['10.3']);
  });

  it('opens another connection when nobody answers a ping', async () => {
    await up();
    await client.check();
    expect(asked()).toEqual(['ping']);
    socket.isDead = true;
    await client.check();
    expect(asked()).toEqual(['ping', 'reconnect']);
  });

  it('tries again, not at once, when joining was not answered', async () => {
    client.want('queue');
    client.start();
    socket.isDead = true;
    socket.open();
    await clock.pass(1000);
    expect(asked()).toEqual(['connect', 'subscribe queue']);
    await clock.pass(1500);
    expect(asked()).toEqual(['reconnect']);
  });

  it('leaves a topic a while after the last one who wanted it, and keeps it when a page comes back in time', async () => {
    await up();
    const first = client.want('health');
    await clock.pass(0);
    first();
    await clock.pass(3000);
    const second = client.want('health');
    await clock.pass(10_000);
    expect(asked()).toEqual(['subscribe health']);
    second();
    await clock.pass(5000);
    expect(asked()).toEqual(['unsubscribe health']);
  });

  it('reads everything again when a beat says so', async () => {
    await up();
    socket.events.onBeat({ serverTime: '2026-11-20T09:00:00Z', seq: { queue: '10.1' }, refetch: true });
    expect(seen).toEqual(['gap queue']);
  });

  it('learns the clock offset from beats', async () => {
    await up();
    socket.events.onBeat({ serverTime: new Date(clock.now() + 5000).toISOString(), seq: {} });
    expect(client.offset.ms).toBe(5000);
  });
});
