import { beforeAll, describe, expect, it } from '@jest/globals';
import { loadTexts } from '../../shared/i18n';
import type { Source } from './api';
import { bySeverity, causeWords, codeWords, consequence, handleWords, lagText, replayParts, stateLook } from './words';

const source = (connection: string, state: string, ordersHeld = 0): Source => ({
  connection, label: connection === 'dhl' ? 'DHL' : connection, kind: 'events', state, lastReceivedAt: null, lastOccurredAt: null, silentSince: null, lagP50Seconds: null, lagP95Seconds: null, eventsLastHour: 0, usualPerHour: 0,
  hourly: [], rejectedSignatures: 0, deadLetters: 0, oldestDeadLetterAt: null, unmapped: 0, notUsed: 0, ordersHeld,
});

beforeAll(() => loadTexts('health'));

describe('sources', () => {
  it('stand with what needs a person first, and the unknown is not called good', () => {
    const names = bySeverity([source('b', 'ok'), source('c', 'late'), source('d', 'odd'), source('a', 'ok'), source('e', 'silent')]).map((each) => each.connection);
    expect(names).toEqual(['e', 'c', 'd', 'a', 'b']);
    expect(stateLook('odd').tone).toBe('neutral');
  });
  it('have consequences told in whole sentences', () => {
    expect(consequence([source('dhl', 'silent', 463)], [])).toBe('463 orders show “unknown, feed late”; the rules that depend on DHL hold.');
    expect(consequence([source('a', 'ok')], [{ cause: 'x', connection: 'a', source: 'A', letters: 1, firstAt: '', lastAt: '', attempts: 1, sample: null }])).toBe('1 delivery could not be understood and is kept for replay.');
    expect(consequence([], [])).toBe('No rule holds and nothing waits for replay.');
  });
});

describe('lagText', () => {
  it('puts two figures under one unit', () => {
    expect([lagText(2, 6), lagText(240, 660), lagText(20, 90), lagText(null, 3), lagText(1800, 7200), lagText(250_000, 1_000_000)]).toEqual(['2 / 6 s', '4 / 11 min', '0 / 2 min', '–', '30 min / 2 h', '2.9 / 12 d']);
  });
});

describe('causeWords', () => {
  it('turns names into words and leaves sentences alone', () => {
    expect([causeWords('not_json'), causeWords('SHIP_DT without a zone')]).toEqual(['Not JSON', 'SHIP_DT without a zone']);
  });
});

describe('replayParts', () => {
  it('does not promise in a dry run what it has not done', () => {
    const result = { dryRun: true, tried: 3, wouldChange: 1, alreadyApplied: 1, stillFail: 1, causes: [] };
    expect(replayParts(result).map((part) => part.text)).toEqual(['would change state', 'already applied', 'still fails']);
    expect(replayParts({ ...result, dryRun: false })[0]?.text).toBe('changed state');
  });
});

describe('what waits for its order', () => {
  it('is told by carrier and number, and by words', () => {
    expect([handleWords('royal_mail:RM1GB'), handleWords('odd')]).toEqual(['Royal Mail RM1GB', 'odd']);
    expect(codeWords('in_transit/departed_facility')).toBe('In transit, departed facility');
  });
});
