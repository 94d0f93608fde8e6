import { describe, expect, it } from '@jest/globals';
import { MINUTE } from '../shared/time.js';
import { feedState, healthSentence, type FeedLine, type FeedSigns } from './health-sentence.js';
import { wilson } from './interval.js';

const NOW = Date.UTC(2026, 0, 1, 12);
const signs: FeedSigns = { isPaused: false, silentSince: null, lastReceivedAt: NOW, lagP50Seconds: 3, eventsLastHour: 100, deadLastHour: 0 };
const feed = (name: string, more: Partial<FeedLine> = {}): FeedLine => ({ name, state: 'ok', silentSince: null, lagP50Seconds: null, deadLastHour: 0, ...more });

describe('feedState', () => {
  it('takes silence for silence and never having heard for unknown', () => {
    expect(feedState(signs)).toBe('ok');
    expect(feedState({ ...signs, silentSince: NOW - MINUTE })).toBe('silent');
    expect(feedState({ ...signs, lastReceivedAt: null })).toBe('unknown');
    expect(feedState({ ...signs, isPaused: true, silentSince: NOW })).toBe('paused');
    expect(feedState({ ...signs, lagP50Seconds: 1000 })).toBe('late');
    expect(feedState({ ...signs, eventsLastHour: 10, deadLastHour: 5 })).toBe('failing');
    expect(feedState({ ...signs, eventsLastHour: 1000, deadLastHour: 5 })).toBe('ok');
  });
});

describe('healthSentence', () => {
  it('says how many are normal and what is wrong with the others', () => {
    const feeds = [feed('shopify'), feed('events'), feed('wms'), feed('easypost', { state: 'silent', silentSince: NOW - 47 * MINUTE })];
    expect(healthSentence(feeds, NOW)).toBe('3 of 4 sources normal. easypost silent 47 min.');
    expect(healthSentence(feeds.slice(0, 2), NOW)).toBe('All 2 sources normal.');
    expect(healthSentence([], NOW)).toBe('No source is connected.');
  });
});

describe('wilson', () => {
  it('gives the known interval of 8 of 10, and stays within 0 and 1', () => {
    const { low, high } = wilson(8, 10);
    expect(low).toBeCloseTo(0.4902, 3);
    expect(high).toBeCloseTo(0.9433, 3);
    expect(wilson(10, 10).high).toBe(1);
    expect(wilson(0, 10).low).toBe(0);
    expect(wilson(0, 0)).toEqual({ share: 0, low: 0, high: 1 });
  });
});
