import { beforeEach, describe, expect, it } from '@jest/globals';
import { announced } from '../announce';
import { activity, begin, dismissDone, end, forgetActivity, record, undo, undoable, undoLast } from './store';
import type { ActivityReport } from './types';

const act = (mutationId: string, more: Partial<ActivityReport> = {}): ActivityReport => ({ mutationId, what: `${mutationId} resolved`, result: { state: 'done' }, ...more });
const states = (): string[] => activity().map((entry) => `${entry.mutationId} ${entry.result.state}`);

beforeEach(() => forgetActivity());

describe('the tray', () => {
  it('keeps the newest first, and one entry per act', () => {
    record(act('a'));
    record(act('job', { result: { state: 'running', progress: { done: 3, total: 10 } } }));
    record(act('job', { result: { state: 'done' } }));
    expect(states()).toEqual(['job done', 'a done']);
  });

  it('keeps them by when they were done, whichever is answered first', () => {
    begin('first');
    begin('second');
    record(act('second', { undo: 'server' }));
    record(act('first', { undo: 'server' }));
    expect(states()).toEqual(['second done', 'first done']);
    expect(undoable()?.mutationId).toBe('second');
  });

  it('says each result once, a failure assertively, and nothing while a job runs', () => {
    record(act('a', { undo: 'server' }));
    expect(announced()).toMatchObject({ text: 'a resolved. z undoes', tone: 'polite' });
    const { n } = announced();
    record(act('job', { result: { state: 'running' } }));
    expect(announced().n).toBe(n);
    record(act('b', { result: { state: 'failed', message: 'Ana has it' } }));
    expect(announced()).toMatchObject({ text: 'b resolved: Ana has it', tone: 'assertive' });
  });

  it('undoes the last act that can be, once', async () => {
    let times = 0;
    const back = (): Promise<{ isUndone: boolean }> => {
      times += 1;
      return Promise.resolve({ isUndone: true });
    };
    record(act('a', { undo: back }));
    record(act('note'));
    undoLast();
    undoLast();
    await Promise.resolve();
    await Promise.resolve();
    expect(times).toBe(1);
    expect(states()).toEqual(['note done', 'a undone']);
    expect(announced().text).toBe('Undone: a resolved');
  });

  it('undoes the act that is on its way, once it has its answer, and not the one before it', async () => {
    const back = (): Promise<{ isUndone: boolean }> => Promise.resolve({ isUndone: true });
    record(act('claim', { undo: back }));
    begin('release');
    undoLast();
    undoLast();
    record(act('release', { result: { state: 'running', progress: { done: 1, total: 2 } } }));
    expect(states()).toEqual(['release running', 'claim done']);
    record(act('release', { undo: back }));
    await Promise.resolve();
    await Promise.resolve();
    expect(states()).toEqual(['release undone', 'claim done']);
  });

  it('undoes nothing when what was on its way was refused, or came to nothing', async () => {
    record(act('claim', { undo: () => Promise.resolve({ isUndone: true }) }));
    begin('release');
    undoLast();
    record(act('release', { result: { state: 'failed' } }));
    begin('next');
    undoLast();
    end('next');
    await Promise.resolve();
    expect(states()).toEqual(['release failed', 'claim done']);
    expect(undoable()?.mutationId).toBe('claim');
  });

  it('says why an act could not be undone, and offers it no longer', async () => {
    record(act('a', { undo: () => Promise.resolve({ isUndone: false, message: 'Ana has changed it since.' }) }));
    const [entry] = activity();
    if (entry) await undo(entry);
    expect(activity()[0]?.result).toEqual({ state: 'done', message: 'Ana has changed it since.' });
    expect(undoable()).toBeUndefined();
    expect(announced().tone).toBe('assertive');
  });

  it('keeps failures until they are dismissed, also when it is full', () => {
    record(act('bad', { result: { state: 'failed' } }));
    for (let i = 0; i < 300; i += 1) record(act(`a${i}`));
    expect(activity()).toHaveLength(200);
    expect(states().at(-1)).toBe('bad failed');
    dismissDone();
    expect(states()).toEqual(['bad failed']);
  });
});
