import { beforeAll, describe, expect, it } from '@jest/globals';
import { loadTexts } from '../../shared/i18n';
import { readAges, readCarriers, readFlow, readResolve, readStatuses } from './readings';

const carrier = (name: string, low: number, share: number, high: number, total = 500) => ({ carrier: name, onTime: 0, total, share, low, high });

beforeAll(() => loadTexts('reports'));

describe('readings', () => {
  it('accuse a carrier only when the whole interval lies below the target', () => {
    expect(readCarriers([carrier('GLS', 0.91, 0.93, 0.944), carrier('DHL', 0.94, 0.945, 0.951), carrier('Correos', 0.77, 0.9, 0.96, 41)])).toBe('GLS is below target beyond doubt. Correos has too few parcels to say.');
    expect(readCarriers([carrier('DHL', 0.94, 0.945, 0.951)])).toBe('No carrier is below target beyond doubt.');
    expect(readCarriers([])).toBe('No promise fell due in this period.');
  });
  it('tell flow with its sign, and the peak only when it is past', () => {
    const day = (n: number, opened: number, resolved: number, backlog: number) => ({ day: `2026-11-${n}`, opened, resolved, backlog });
    expect(readFlow([day(10, 5, 1, 14), day(11, 1, 4, 11)])).toBe('1 more came than were settled. The most open at once were 14, on 10 Nov.');
    expect(readFlow([day(10, 1, 4, 11), day(11, 5, 1, 15)])).toBe('1 more came than were settled. 15 are open now, the most of the period.');
    expect(readFlow([])).toBe('No case came and none was settled in this period.');
  });
  it('name the rule that keeps most of the old cases', () => {
    const row = (ruleLabel: string, over7d: number) => ({ rule: ruleLabel, ruleLabel, under1d: 2, d1to3: 0, d3to7: 0, over7d });
    expect(readAges([row('Late', 1), row('Customs', 4)])).toBe('5 of 9 are older than 7 days; 4 of them: customs.');
    expect(readAges([row('Late', 0)])).toBe('None of 2 is older than 7 days.');
  });
  it('do not call noise a change', () => {
    const week = (w: string, p50Hours: number) => ({ week: w, p50Hours, p90Hours: 20, count: 9 });
    expect(readResolve([week('2026-11-02', 7.4), week('2026-11-09', 5.1)])).toBe('The typical case now takes 5.1 h, down from 7.4 h in the week of 2 Nov.');
    expect(readResolve([week('2026-11-02', 5), week('2026-11-09', 5.1)])).toContain('about as long as');
    expect(readResolve([])).toBe('No case has been settled yet.');
  });
  it('say which statuses want a look', () => {
    const status = (label: string, count: number, tone: string) => ({ track: 'shipment', status: label, label, count, change: null, tone });
    expect(readStatuses([status('In transit', 90, 'neutral'), status('Lost', 3, 'red'), status('Unknown', 7, 'amber')])).toBe('Most orders move. The largest groups that want a look: 7 unknown, 3 lost.');
    expect(readStatuses([status('In transit', 90, 'neutral')])).toBe('Nothing stands in a status that wants a look.');
  });
});
