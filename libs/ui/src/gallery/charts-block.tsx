import { AgeByRule } from '../charts/age-by-rule';
import { FlowChart } from '../charts/flow-chart';
import { OnTimeDots } from '../charts/on-time-dots';
import { ResolveLines } from '../charts/resolve-lines';
import { StatusBars } from '../charts/status-bars';
import { Block } from './block';

const noop = (): void => undefined;
const opened = [66, 58, 79, 82, 80, 77, 74, 62, 55, 75, 81, 83, 78, 73, 60, 57, 78, 80, 82, 86, 92, 98, 84, 110, 104, 92, 88, 40];
const resolved = [58, 44, 84, 88, 85, 80, 77, 52, 47, 86, 88, 84, 82, 76, 50, 44, 80, 83, 84, 81, 80, 78, 52, 99, 104, 108, 106, 38];
const days = opened.map((o, i) => ({ day: `d${i}`, label: `${24 + i > 31 ? 24 + i - 31 : 24 + i} ${24 + i > 31 ? 'Nov' : 'Oct'}`, opened: o, resolved: resolved[i] ?? 0, backlog: 290 + Math.round(40 * Math.sin(i / 4)) + (i > 20 ? (i - 20) * 4 : 0) }));

const flowWords = { day: 'Day', opened: 'Opened', resolved: 'Resolved', open: 'Open', openNow: 'open now', perDay: 'a day' };

export const ChartsBlock = () => (
  <Block title="Charts">
    <div className="ow-gallery-cols">
      <StatusBars
        title="Orders by status, now"
        def="one scale"
        summary="Most orders move. 463 parcels are unknown because DHL is silent, and 64 returns wait for their refund."
        rowsLabel="6 284 rows"
        onRows={noop}
        onDrill={noop}
        heads={{ status: 'Status', now: 'now', change: 'vs Thu' }}
        groups={[
          { id: 'order', label: 'Order', note: '6 284 orders', rows: [{ id: 'placed', label: 'Placed', value: 6121, change: 214 }, { id: 'held', label: 'Held', value: 118, change: 9, tone: 'amber' }, { id: 'cancelled', label: 'Cancelled today', value: 45, change: -6 }] },
          { id: 'payment', label: 'Payment', note: '6 284 orders', rows: [{ id: 'paid', label: 'Paid', value: 5870, change: 201 }, { id: 'failed', label: 'Failed', value: 23, change: 5, tone: 'red' }] },
          { id: 'parcels', label: 'Parcels', note: '5 412 parcels', rows: [{ id: 'transit', label: 'In transit', value: 2859, change: -205 }, { id: 'unknown', label: 'Unknown, feed silent', value: 463, change: 463, tone: 'amber' }, { id: 'lost', label: 'Lost', value: 8, change: 2, tone: 'red' }] },
        ]}
      />
      <FlowChart title="Flow" def="cases per day" summary="After the sale, 12 to 17 Nov, 82 more cases were opened than resolved. The team has taken 60 off since." rowsLabel="4 260 rows" onRows={noop} onDrill={noop} days={days} words={flowWords} />
      <AgeByRule
        title="Age of open cases by rule"
        def="since opened"
        summary="23 of 312 are older than 7 days. 9 of the 23 are customs holds and missing parts."
        rowsLabel="312 rows"
        onRows={noop}
        onDrill={noop}
        bandLabels={['under 1 d', '1–3 d', '3–7 d', 'over 7 d']}
        heads={{ rule: 'Rule', all: 'All' }}
        rows={[
          { id: 'promise_missed', label: 'Promise missed', bands: [31, 29, 20, 8] },
          { id: 'no_movement', label: 'No movement', bands: [12, 16, 9, 4] },
          { id: 'unfulfilled_late', label: 'Not fulfilled in time', bands: [22, 12, 4, 0] },
          { id: 'attempt', label: 'Attempt failed', bands: [15, 9, 3, 0] },
          { id: 'customs', label: 'Customs hold', bands: [3, 4, 5, 4] },
        ]}
      />
      <OnTimeDots
        title="On time by carrier"
        def="due by 19 Nov"
        summary="GLS, BRT and Poste Italiane are below target beyond doubt. Correos has too few parcels to say."
        rowsLabel="9 523 rows"
        onRows={noop}
        onDrill={noop}
        target={0.95}
        words={{ carrier: 'Carrier', onTime: 'on time', interval: '95 % interval', n: 'n', target: (p) => `target ${p}` }}
        rows={[
          { id: 'postnl', label: 'PostNL', share: 0.961, low: 0.942, high: 0.974, total: 542 },
          { id: 'dhl', label: 'DHL', share: 0.956, low: 0.95, high: 0.961, total: 4812 },
          { id: 'ups', label: 'UPS', share: 0.948, low: 0.935, high: 0.958, total: 1410 },
          { id: 'gls', label: 'GLS', share: 0.931, low: 0.919, high: 0.942, total: 1934 },
          { id: 'correos', label: 'Correos', share: 0.902, low: 0.774, high: 0.961, total: 41 },
          { id: 'brt', label: 'BRT', share: 0.882, low: 0.856, high: 0.904, total: 688 },
          { id: 'poste', label: 'Poste Italiane', share: 0.844, low: 0.758, high: 0.903, total: 96 },
        ]}
      />
      <ResolveLines
        title="Time to resolve"
        def="by week closed"
        summary="The typical case now takes 5.1 h, down from 7.4 h."
        rowsLabel="6 508 rows"
        onRows={noop}
        onDrill={noop}
        words={{ week: 'Week', p50: 'Median', p90: 'P90', n: 'Cases', hours: (n) => `${n} h` }}
        weeks={[7.4, 7.1, 7.3, 6.9, 6.6, 6.8, 6.2, 6, 5.9, 5.5, 5.4, 5.1].map((p50, i) => ({ week: `w${i}`, label: ['31 Aug', '7 Sep', '14 Sep', '21 Sep', '28 Sep', '5 Oct', '12 Oct', '19 Oct', '26 Oct', '2 Nov', '9 Nov', '16 Nov'][i] ?? '', p50, p90: [26, 25, 27, 24, 25, 24, 23, 22, 23, 21, 55, 47][i] ?? 0, count: 300 + i }))}
      />
      <FlowChart title="Flow, nothing yet" summary="No cases in this period." empty="Nothing to draw: the first case opens this." days={[]} words={flowWords} />
    </div>
  </Block>
);
