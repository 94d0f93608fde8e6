import { describe, expect, it } from '@jest/globals';
import { pathOf, readPayload } from './payload';

describe('readPayload', () => {
  it('takes apart what is JSON', () => {
    expect(readPayload('{"a":[1]}')).toEqual({ kind: 'json', value: { a: [1] } });
  });
  it('leaves as it came what is none, or would lose digits of a number', () => {
    expect(['a,b', '', '"x"', '{"id":12345678901234567890}'].map((body) => readPayload(body).kind)).toEqual(['text', 'text', 'text', 'text']);
  });
  it('loses nothing of digits that stand in a text', () => {
    expect(readPayload('{"id":"12345678901234567890"}')).toEqual({ kind: 'json', value: { id: '12345678901234567890' } });
  });
});

describe('pathOf', () => {
  it('names the place of a code, in objects and lists', () => {
    expect(pathOf({ data: { events: [{ status: 'x' }, { status: 'in_transit' }] } }, 'in_transit')).toBe('data.events[1].status');
  });
  it('finds a code at the end of a type, and not in the middle of a word', () => {
    expect([pathOf([{ type: 'shipment.lost' }], 'lost'), pathOf({ note: 'lost and found' }, 'lost'), pathOf({ a: null }, 'lost')]).toEqual(['[0].type', undefined, undefined]);
  });
});
