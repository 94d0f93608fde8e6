import { describe, expect, it } from '@jest/globals';
import { statusWord } from './status-words';

describe('statusWord', () => {
  it('says what a status means on its own track', () => {
    expect([statusWord('payment', 'none'), statusWord('shipment', 'none'), statusWord('shipment', 'in_transit'), statusWord('return', 'in_transit')]).toEqual(['No payment known', 'No parcel yet', 'In transit', 'On the way back']);
  });
  it('shows nothing known as a dash', () => {
    expect(statusWord('return', null)).toBe('–');
  });
});
