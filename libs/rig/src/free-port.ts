import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** Below what systems hand out by themselves (Linux from 32768 on), so that neither a client nor `listen(0)` ever gets one. */
const FIRST = 20_000;
const COUNT = 5_000;

async function listenOn(port: number, host: string): Promise<Server | null> {
  const server = createServer().listen({ port, host, exclusive: true });
  try {
    await once(server, 'listening');
    return server;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return null;
    throw error;
  }
}

/** Whether nobody listens there. */
export async function isPortFree(port: number): Promise<boolean> {
  const probe = await listenOn(port, '0.0.0.0');
  if (!probe) return false;
  probe.close();
  await once(probe, 'close');
  return true;
}

/**
 * A port that is the caller's until its process ends, also while nobody listens there: a server that is to start in a while, or
 * again, must not find another test's in its place, which would answer for it. What says that it is taken is a listener on the
 * port's twin.
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 10 * COUNT; tries += 1) {
    const port = FIRST + randomInt(COUNT);
    const twin = await listenOn(port + COUNT, '127.0.0.1');
    twin?.unref();
    if (twin && (await isPortFree(port))) return port;
    twin?.close();
  }
  throw new Error(`no port is free between ${FIRST} and ${FIRST + COUNT - 1}`);
}
