import { LIVE_EVENTS, type Change, type Topic } from '@orderwatch/contract';

/**
 * WebSocket frames that tell of the changes, per topic and in their order, each topic's in one piece: a room's bytes are made once, and
 * a socket is written to once, however many messages there are.
 */
export function framesByTopic(changes: readonly Change[]): Map<Topic, Buffer> {
  const frames = new Map<Topic, Buffer[]>();
  for (const change of changes) {
    const pieces = frames.get(change.topic);
    if (pieces) pieces.push(...frameOf(packetOf(change)));
    else frames.set(change.topic, frameOf(packetOf(change)));
  }
  return new Map([...frames].map(([topic, pieces]) => [topic, inOwnMemory(pieces)]));
}

/**
 * Not a slice of the memory that small buffers share: engine.io keeps what was sent in an array of the socket, which has become old by
 * the time of the next message, so that the frame stays until the whole heap is collected, and would keep what else lies beside it.
 */
function inOwnMemory(pieces: readonly Buffer[]): Buffer {
  const whole = Buffer.allocUnsafeSlow(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) at += piece.copy(whole, at);
  return whole;
}

/** engine.io 4: 4 is a message; socket.io 5: 2 is an event of the main namespace. */
function packetOf(change: Change): Buffer {
  return Buffer.from(`42${JSON.stringify([LIVE_EVENTS.change, change])}`);
}

const FINAL_TEXT = 0x81;

/** One unmasked text frame (RFC 6455, 5.2): head and payload. */
export function frameOf(payload: Buffer): Buffer[] {
  const { length } = payload;
  if (length < 126) return [Buffer.from([FINAL_TEXT, length]), payload];
  if (length < 1 << 16) return [Buffer.from([FINAL_TEXT, 126, length >> 8, length & 0xff]), payload];
  const head = Buffer.alloc(10);
  head.set([FINAL_TEXT, 127]);
  head.writeBigUInt64BE(BigInt(length), 2);
  return [head, payload];
}
