import { describe, expect, it } from '@jest/globals';
import { laneCells } from './lanes';

describe('laneCells', () => {
  it('draws a lane from its newest dot to its oldest and not beyond', () => {
    const rows = [
      { kind: 'event' as const, lanes: ['order'] },
      { kind: 'event' as const, lanes: ['p1'] },
      { kind: 'event' as const, lanes: ['order'] },
      { kind: 'event' as const, lanes: ['p1'] },
      { kind: 'event' as const, lanes: ['order'] },
    ];
    expect(laneCells(rows, 'p1').map((c) => `${c.above}/${c.below}`)).toEqual(['none/none', 'none/line', 'line/line', 'line/none', 'none/none']);
  });
  it('dashes the stretch below a silence, down to the last word heard', () => {
    const rows = [
      { kind: 'expected' as const, lanes: ['p2'] },
      { kind: 'silence' as const, lanes: ['p2'] },
      { kind: 'event' as const, lanes: ['p1'] },
      { kind: 'event' as const, lanes: ['p2'] },
      { kind: 'event' as const, lanes: ['p2'] },
    ];
    expect(laneCells(rows, 'p2').map((c) => `${c.above}/${c.below}`)).toEqual(['none/wait', 'wait/silence', 'silence/silence', 'silence/line', 'line/none']);
  });
  it('runs an open lane up to the top, and an unused one nowhere', () => {
    const rows = [
      { kind: 'event' as const, lanes: ['p1'] },
      { kind: 'event' as const, lanes: ['order'] },
    ];
    expect(laneCells(rows, 'order', true)[0]).toEqual({ above: 'line', below: 'line', hasDot: false });
    expect(laneCells(rows, 'return', true)[0]).toEqual({ above: 'none', below: 'none', hasDot: false });
  });
});
