import { describe, expect, it } from '@jest/globals';
import type { Change } from '@orderwatch/contract';
import { SequenceTracker } from './sequence';

const change = (seq: string | undefined, prev: string | null | undefined, version = 1): Change => ({
  topic: 'queue',
  seq,
  prev,
  entity: 'case',
  id: 'a',
  version,
  changed: [],
  at: '2026-11-20T09:00:00Z',
  cause: { actor: null, mutationId: null },
});

const joined = (position: string | null): SequenceTracker => {
  const tracker = new SequenceTracker();
  tracker.joined('queue', position);
  return tracker;
};

describe('SequenceTracker', () => {
  it('takes messages that follow each other', () => {
    const tracker = joined('10.1');
    expect(tracker.take(change('10.2', '10.1')).apply).toHaveLength(1);
    expect(tracker.take(change('11.1', '10.2')).apply).toHaveLength(1);
    expect(tracker.last('queue')).toBe('11.1');
  });

  it('compares positions as numbers, not as text', () => {
    const tracker = joined('9.1');
    expect(tracker.take(change('10.1', '9.1')).apply).toHaveLength(1);
    expect(tracker.take(change('9.2', '9.1'))).toEqual({ apply: [] });
  });

  it('asks for what is missing, holds what comes meanwhile, and gives both in order', () => {
    const tracker = joined('10.1');
    expect(tracker.take(change('10.4', '10.3'))).toEqual({ apply: [], resumeFrom: '10.1' });
    expect(tracker.take(change('10.5', '10.4'))).toEqual({ apply: [] });
    const { apply } = tracker.resumed('queue', [change('10.2', '10.1'), change('10.3', '10.2'), change('10.4', '10.3')]);
    expect(apply.map((each) => each.seq)).toEqual(['10.2', '10.3', '10.4', '10.5']);
    expect(tracker.take(change('10.6', '10.5')).apply).toHaveLength(1);
  });

  it('takes a coalesced message that begins before the last one seen', () => {
    const tracker = joined('10.2');
    expect(tracker.take(change('10.9', '10.1')).apply).toHaveLength(1);
    expect(tracker.last('queue')).toBe('10.9');
  });

  it('lets a message without position through and keeps its own', () => {
    const tracker = joined('10.1');
    expect(tracker.take(change(undefined, undefined, 4)).apply).toHaveLength(1);
    expect(tracker.last('queue')).toBe('10.1');
    expect(tracker.take(change('10.2', '10.1', 4)).apply).toHaveLength(1);
  });

  it('learns from a beat that something was lost, and asks once', () => {
    const tracker = joined('10.1');
    expect(tracker.beat('queue', '10.1')).toEqual({ apply: [] });
    expect(tracker.beat('queue', '10.3')).toEqual({ apply: [], resumeFrom: '10.1' });
    expect(tracker.beat('queue', '10.4')).toEqual({ apply: [] });
    expect(tracker.beat('health', '1.1')).toEqual({ apply: [] });
  });

  it('asks for what came while the connection was away, also when an answer was lost with it', () => {
    const tracker = joined('10.1');
    tracker.take(change('10.4', '10.3'));
    tracker.interrupt();
    expect(tracker.joined('queue', '10.7')).toEqual({ apply: [], resumeFrom: '10.1' });
  });

  it('has nothing to resume from in a topic that was empty', () => {
    const tracker = joined(null);
    expect(tracker.beat('queue', '3.1')).toEqual({ apply: [], resumeFrom: null });
    tracker.gap('queue', '3.1');
    expect(tracker.take(change('3.2', '3.1')).apply).toHaveLength(1);
  });

  it('takes the very first message of an empty topic', () => {
    expect(joined(null).take(change('3.1', null)).apply).toHaveLength(1);
  });

  it('goes on from the newest position after a gap', () => {
    const tracker = joined('10.1');
    tracker.take(change('99.1', '98.1'));
    tracker.take(change('99.2', '99.1'));
    tracker.gap('queue');
    expect(tracker.last('queue')).toBe('99.2');
    expect(tracker.take(change('99.3', '99.2')).apply).toHaveLength(1);
  });
});
