import { describe, expect, it } from '@jest/globals';
import { splitEvents } from '@orderwatch/connectors';
import { FEED_TYPES } from '@orderwatch/contract';

/** The contract's list and the connector's schemas lie in two libraries that may not know each other; here they meet. */
describe('event types of the feed', () => {
  const errorOf = (type: string): string => {
    const event = { specversion: '1.0', id: '1', source: 's', type, subject: 'A', time: '2026-11-04T10:00:00Z', data: {} };
    return splitEvents(Buffer.from(JSON.stringify(event)))[0]?.error ?? '';
  };

  it.each(FEED_TYPES)('%s is one the connector reads', (type) => {
    expect(errorOf(type)).not.toContain('is not an event type');
  });

  it('refuses any other', () => {
    expect(errorOf('order.teleported')).toContain('is not an event type');
  });
});
