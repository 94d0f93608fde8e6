import { describe, expect, it } from '@jest/globals';
import type { Change } from '@orderwatch/contract';
import * as ws from 'ws';
import { frameOf, framesByTopic } from './frames.js';

const change = (topic: Change['topic'], version: number): Change => ({ topic, entity: 'case', id: 'x', version, changed: [], at: '2026-11-21T09:00:00.000Z', cause: { actor: null, mutationId: null } });
/** As the WebSocket library itself words it. */
const { Sender } = ws as unknown as { Sender: { frame(data: Buffer, options: object): Buffer[] } };
const worded = (payload: Buffer): Buffer => Buffer.concat(Sender.frame(payload, { readOnly: false, mask: false, rsv1: false, opcode: 1, fin: true }));

describe('frames', () => {
  it.each([0, 1, 125, 126, 127, 255, 256, 65_535, 65_536, 70_000])('are those of the WebSocket library for %i bytes', (length) => {
    const payload = Buffer.alloc(length, 'é');
    expect(Buffer.concat(frameOf(payload)).equals(worded(payload))).toBe(true);
  });

  it('stand together by topic, in the order of the changes', () => {
    const frames = framesByTopic([change('queue', 1), change('health', 2), change('queue', 3)]);
    const packet = (c: Change): Buffer => worded(Buffer.from(`42${JSON.stringify(['change', c])}`));
    expect([...frames.keys()]).toEqual(['queue', 'health']);
    expect(frames.get('queue')?.equals(Buffer.concat([packet(change('queue', 1)), packet(change('queue', 3))]))).toBe(true);
    expect(frames.get('health')?.equals(packet(change('health', 2)))).toBe(true);
  });

  it('keep no other memory alive than their own', () => {
    for (const frame of framesByTopic([change('queue', 1), change('health', 2), change('queue', 3)]).values()) expect(frame.buffer.byteLength).toBe(frame.length);
  });
});
