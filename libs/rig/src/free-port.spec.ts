import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { freePort, isPortFree } from './free-port.js';
import { ServerProcess } from './server-process.js';

describe('a free port', () => {
  it('is nobody else’s, although nobody listens there yet', async () => {
    const ports = await Promise.all(Array.from({ length: 400 }, freePort));
    expect(new Set(ports).size).toBe(400);
  });

  it('is none that the system hands out by itself', async () => {
    expect(await freePort()).toBeLessThan(32_768);
  });

  it('is none where somebody listens: a server does not start there, and nobody answers for it', async () => {
    const other = createServer().listen(await freePort(), '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    expect(await isPortFree(port)).toBe(false);
    await expect(new ServerProcess(port, { databaseUrl: 'postgres://nobody@127.0.0.1:1/none' }).start()).rejects.toThrow(`port ${port} is taken`);
    other.close();
    await once(other, 'close');
    expect(await isPortFree(port)).toBe(true);
  });
});
