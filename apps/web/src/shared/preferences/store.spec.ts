import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { announced } from '../announce';
import { changePreferences, preferences, takeServerPreferences } from './store';

const answer = (body: object): Response => new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } });
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

afterEach(() => {
  jest.restoreAllMocks();
  takeServerPreferences({});
});

describe('preferences', () => {
  it('are those of the person, not what somebody before them chose in this browser', () => {
    takeServerPreferences({ density: 'roomy', theme: 'dark' });
    takeServerPreferences({ theme: 'light' });
    expect([preferences().density, preferences().theme]).toEqual(['default', 'light']);
  });

  it('do not fall back to an older word of the server while a choice is on its way', async () => {
    const sent: ((response: Response) => void)[] = [];
    jest.spyOn(globalThis, 'fetch').mockImplementation(() => new Promise((resolve) => sent.push(resolve)));
    changePreferences({ density: 'compact' });
    changePreferences({ density: 'roomy' });
    await settled();
    // One after the other: the second would otherwise overtake the first.
    expect(sent).toHaveLength(1);
    takeServerPreferences({ density: 'default' });
    expect(preferences().density).toBe('roomy');
    sent[0]?.(answer({ data: { setPreferences: {} } }));
    await settled();
    await settled();
    sent[1]?.(answer({ data: { setPreferences: {} } }));
    await settled();
    await settled();
    takeServerPreferences({ density: 'compact' });
    expect(preferences().density).toBe('compact');
  });

  it('hold although the server could not keep them, and say so', async () => {
    jest.spyOn(globalThis, 'fetch').mockImplementation(() => Promise.resolve(answer({ errors: [{ message: 'no' }] })));
    changePreferences({ theme: 'contrast' });
    await settled();
    await settled();
    await settled();
    expect(preferences().theme).toBe('contrast');
    expect(announced()).toMatchObject({ tone: 'assertive', text: expect.stringContaining('server') });
  });
});
