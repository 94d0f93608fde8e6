import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Proxy } from './proxy.js';

describe('a proxy that does wrong', () => {
  let server: Server;
  let proxy: Proxy;
  let heard: string;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    heard = '';
    server = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        heard += chunk.toString();
        socket.write(chunk);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    proxy = await Proxy.to((server.address() as AddressInfo).port);
  });
  afterEach(async () => {
    await proxy.close();
    for (const socket of sockets.splice(0)) socket.destroy();
    server.close();
  });

  const dial = async (): Promise<Socket> => {
    const socket = connect(proxy.port, '127.0.0.1');
    sockets.push(socket);
    await once(socket, 'connect');
    return socket;
  };
  const echo = async (socket: Socket, text: string): Promise<string> => {
    socket.write(text);
    return ((await once(socket, 'data')) as [Buffer])[0].toString();
  };

  it('hands on, and tells of an end', async () => {
    const socket = await dial();
    expect(await echo(socket, 'hello')).toBe('hello');
    socket.end();
    await once(socket, 'close');
  });

  it('swallows without an end what links say that are dead, while new ones work', async () => {
    const dead = await dial();
    await echo(dead, 'a');
    let end = 'none';
    for (const event of ['data', 'end', 'error', 'close']) dead.on(event, () => (end = event));
    proxy.blackHole();
    dead.write('lost');
    expect(await echo(await dial(), 'b')).toBe('b');
    proxy.heal();
    dead.write('lost too');
    expect(await echo(await dial(), 'c')).toBe('c');
    expect([heard, end]).toEqual(['abc', 'none']);
  });

  it('can be deaf in one direction', async () => {
    const socket = await dial();
    await echo(socket, 'a');
    proxy.blackHole({ directions: ['down'] });
    const before = heard.length;
    socket.write('heard, and not answered');
    while (heard.length === before) await new Promise((again) => setTimeout(again, 5));
    expect(socket.bytesRead).toBe(1);
  });

  it('can make new links dead as well, and reset or refuse them', async () => {
    const socket = await dial();
    await echo(socket, 'a');
    const reset = once(socket, 'error');
    proxy.reset();
    expect(await reset).toMatchObject([{ code: 'ECONNRESET' }]);
    proxy.blackHole({ alsoNew: true });
    (await dial()).write('lost');
    proxy.heal();
    expect(await echo(await dial(), 'b')).toBe('b');
    proxy.refuse();
    const refused = connect(proxy.port, '127.0.0.1');
    expect(await once(refused, 'error').catch((error: unknown) => [error])).toMatchObject([{ code: 'ECONNRESET' }]);
    expect(heard).toBe('ab');
  });

  it('keeps the order of what it delays', async () => {
    const socket = await dial();
    proxy.delay(40, ['up']);
    socket.write('1');
    await new Promise((soon) => setTimeout(soon, 10));
    proxy.delay(0);
    socket.write('2');
    while (heard.length < 2) await new Promise((again) => setTimeout(again, 5));
    expect(heard).toBe('12');
  });
});
