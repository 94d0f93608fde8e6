import { describe, expect, it } from '@jest/globals';
import { measuredNow } from './use-list-width';

describe('measuredNow', () => {
  const none = { measured: 0, beside: 0, alone: 0 };

  it('remembers both widths of the list', () => {
    expect(measuredNow(measuredNow(none, 1200, false), 768, true)).toEqual({ measured: 768, beside: 768, alone: 1200 });
  });

  it('forgets the other one when the window has another width', () => {
    expect(measuredNow({ measured: 768, beside: 768, alone: 1200 }, 568, true)).toEqual({ measured: 568, beside: 568, alone: 0 });
  });
});
