import type { Server } from 'node:http';
import { Server as TcpServer } from 'node:net';
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import type { RequestsInFlight } from './in-flight.js';

export interface DrainOptions {
  /** How long a connection that is open and unused may still bring a request, which is answered and told that it is the last, ms. */
  readonly lingerMs: number;
  /** What is not answered by then is given up, ms. */
  readonly deadlineMs: number;
}

const LOOK_MS = 50;

/**
 * Stops listening, answers what came and what still comes over open connections with `Connection: close`, and closes those that
 * bring nothing. Sockets that were upgraded stay: they are not ours.
 */
export async function drain(server: Server, requests: RequestsInFlight, { lingerMs, deadlineMs }: DrainOptions): Promise<void> {
  const began = performance.now();
  const age = (): number => performance.now() - began;
  requests.leave();
  // Connections that the machine has made for us are taken before the door closes.
  await turn();
  // The HTTP server's own `close` would close idle connections at once, and with them requests that are on their way.
  if (server.listening) TcpServer.prototype.close.call(server);
  await Promise.race([requests.closed(), wait(lingerMs, undefined, { ref: false })]);
  do {
    // Right after the sockets were read: what had arrived is no longer idle.
    await turn();
    requests.closeIdle();
    await Promise.race([requests.closed(), wait(LOOK_MS)]);
  } while (requests.count > 0 && age() < deadlineMs);
  server.closeAllConnections();
}
