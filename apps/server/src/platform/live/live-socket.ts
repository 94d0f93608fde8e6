import type { Topic } from '@orderwatch/contract';
import type { Socket } from 'socket.io';
import type { Credential } from '../auth/authenticator.js';
import type { Principal } from '../auth/principal.js';

/** What we keep with an open socket. */
export interface SocketData {
  credential: Credential;
  principal: Principal;
  topics: Set<Topic>;
  /** Orders it said to be at. */
  presentAt: Set<string>;
}

export type LiveSocket = Socket<Record<string, never>, Record<string, never>, Record<string, never>, SocketData>;

interface Engine {
  readonly writeBuffer?: readonly { readonly data?: unknown }[];
  readonly transport?: { readonly socket?: { readonly bufferedAmount?: number } };
}

/** Bytes that were sent and not taken: in our own queue and in the socket's. */
export function bufferedBytes(socket: Pick<LiveSocket, 'conn'>): number {
  const engine = socket.conn as unknown as Engine;
  const queued = (engine.writeBuffer ?? []).reduce((sum, packet) => sum + (typeof packet.data === 'string' ? packet.data.length : Buffer.isBuffer(packet.data) ? packet.data.length : 0), 0);
  return queued + (engine.transport?.socket?.bufferedAmount ?? 0);
}
