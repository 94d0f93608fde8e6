import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { rove, type RovingState } from './roving';

const on = (more: Partial<RovingState> = {}): RovingState => ({ lineAt: 3, lineCount: 10, stopAt: null, stopCount: 4, page: 5, ...more });

describe('rove over lines', () => {
  it.each([
    ['j', 4],
    ['ArrowDown', 4],
    ['k', 2],
    ['ArrowUp', 2],
    ['PageDown', 8],
    ['PageUp', 0],
    ['Home', 0],
    ['End', 9],
  ])('%s leads from line 3 to line %d', (key, index) => {
    expect(rove(key, on())).toEqual({ to: 'line', index });
  });
  it('has nothing to do with other keys, or in an empty list', () => {
    expect(rove('c', on())).toBeUndefined();
    expect(rove('Escape', on())).toBeUndefined();
    expect(rove('j', on({ lineAt: -1, lineCount: 0 }))).toBeUndefined();
    expect(rove('ArrowRight', on({ lineAt: -1, lineCount: 0 }))).toBeUndefined();
  });
});

describe('rove into cells', () => {
  it('goes in to the right, on to the right, and out again to the left', () => {
    expect(rove('ArrowRight', on())).toEqual({ to: 'stop', index: 0 });
    expect(rove('ArrowRight', on({ stopAt: 0 }))).toEqual({ to: 'stop', index: 1 });
    expect(rove('ArrowRight', on({ stopAt: 3 }))).toEqual({ to: 'stop', index: 3 });
    expect(rove('ArrowLeft', on({ stopAt: 1 }))).toEqual({ to: 'stop', index: 0 });
    expect(rove('ArrowLeft', on({ stopAt: 0 }))).toEqual({ to: 'line', index: 3 });
    expect(rove('Escape', on({ stopAt: 2 }))).toEqual({ to: 'line', index: 3 });
  });
  it('reads from the other side in scripts that run from right to left', () => {
    expect(rove('ArrowLeft', on({ isRtl: true }))).toEqual({ to: 'stop', index: 0 });
    expect(rove('ArrowRight', on({ stopAt: 0, isRtl: true }))).toEqual({ to: 'line', index: 3 });
  });
  it('Home and End stay in the row while a cell has the keyboard', () => {
    expect(rove('Home', on({ stopAt: 2 }))).toEqual({ to: 'stop', index: 0 });
    expect(rove('End', on({ stopAt: 2 }))).toEqual({ to: 'stop', index: 3 });
  });
});

describe('rove in a tree', () => {
  it('opens to the right and closes to the left', () => {
    expect(rove('ArrowRight', on({ isGroupOpen: false }))).toEqual({ to: 'toggle' });
    expect(rove('ArrowLeft', on({ isGroupOpen: true }))).toEqual({ to: 'toggle' });
  });
  it('goes up to the head from a row, and from a closed head to the one above it', () => {
    expect(rove('ArrowLeft', on({ parentAt: 1 }))).toEqual({ to: 'line', index: 1 });
    expect(rove('ArrowLeft', on({ isGroupOpen: false, parentAt: 0 }))).toEqual({ to: 'line', index: 0 });
    expect(rove('ArrowLeft', on({ isGroupOpen: false }))).toBeUndefined();
  });
  it('does not go into a head that has nothing to stop at', () => {
    expect(rove('ArrowRight', on({ isGroupOpen: true, stopCount: 0 }))).toBeUndefined();
  });
});

describe('rove', () => {
  it('never leads out of the list or out of the row', () => {
    const keys = fc.constantFrom('j', 'k', 'ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageDown', 'PageUp', 'Escape');
    const state = fc.record({ lineCount: fc.integer({ min: 1, max: 50 }), at: fc.nat(), stopCount: fc.integer({ min: 1, max: 12 }), stop: fc.option(fc.nat()), page: fc.integer({ min: 1, max: 30 }), isRtl: fc.boolean() });
    fc.assert(
      fc.property(keys, state, (key, { lineCount, at, stopCount, stop, page, isRtl }) => {
        const move = rove(key, { lineAt: at % lineCount, lineCount, stopAt: stop === null ? null : stop % stopCount, stopCount, page, isRtl });
        if (move === undefined || move.to === 'toggle') return;
        expect(move.index).toBeGreaterThanOrEqual(0);
        expect(move.index).toBeLessThan(move.to === 'line' ? lineCount : stopCount);
      }),
    );
  });
});
