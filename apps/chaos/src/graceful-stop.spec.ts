import { describe, expect } from '@jest/globals';
import { createTestDatabase } from '@orderwatch/db/testing';
import { ADMINISTRATOR, Random, ServerProcess, signInAgents } from '@orderwatch/rig';
import { operator, type Verified } from './convergence-picture.js';
import { figure, isFull, ordeal, SEED } from './figures.js';
import { type Seen, stopUnderLoad } from './graceful-stop-round.js';
import { notHeld } from './support/held.js';
import { untilProcessed } from './support/truth.js';

const STOPS = figure({ full: 100, test: 5 });
/** Beside other tests the machine is busy with more than us. */
const EXIT_WITHIN_MS = isFull ? 10_000 : 30_000;

/** Answers that stood in our buffers together may be read in any order. */
const AT_THE_SAME_TIME_MS = 50;

const isAnswer = ({ status, retryAfter, isLast }: Seen['told'][number]): boolean => (status >= 200 && status < 300) || (status === 503 && retryAfter !== null && isLast);

function expectOrderly(seen: Seen): void {
  expect({ exitCode: seen.exitCode, errors: seen.errors, dashboardBreaks: seen.dashboardBreaks }).toEqual({ exitCode: 0, errors: [], dashboardBreaks: [] });
  expect(seen.exitedAfterMs).toBeLessThan(EXIT_WITHIN_MS);
  // Each was on an open connection: it is answered, and told when it was the last one.
  expect(seen.told.filter((one) => !isAnswer(one))).toEqual([]);
  const stopping = seen.health.at(-1)?.answeredAt ?? 0;
  expect(seen.told.filter((one) => one.answeredAt > stopping + AT_THE_SAME_TIME_MS && !one.isLast)).toEqual([]);
  expect(seen.told.filter((one) => one.isLast).length).toBeGreaterThan(0);
  // Not ready from the moment at which requests are told to go elsewhere.
  expect(seen.health.at(-1)).toMatchObject({ status: 503, isLast: true });
  expect(seen.health.filter((one) => one.status !== (one.isLast ? 503 : 200))).toEqual([]);
}

describe('a server that is told to stop under load', () => {
  ordeal('answers what was begun, breaks no connection, leaves nothing half done, and ends by itself', async (replay) => {
    const random = new Random('graceful stop', SEED);
    const database = await createTestDatabase();
    const server = await ServerProcess.on({ databaseUrl: database.url, env: { ORDERWATCH_UNSAFE_DATABASE: '1', ...ADMINISTRATOR } });
    const stored: string[] = [];
    let inFlight = 0;
    try {
      await server.start();
      const [cookie = ''] = await signInAgents(server.url, database.url, 1);
      for (let round = 0; round < STOPS; round += 1) {
        replay['ROUND'] = String(round);
        if (!server.isRunning()) await server.start();
        const seen = await stopUnderLoad({ server, db: database.transactions, cookie, seed: `${SEED}-${round}`, random });
        expectOrderly(seen);
        const promised = seen.told.filter((one) => one.status < 300).map((one) => one.id);
        expect(await notHeld(database.transactions, promised, { processed: false })).toEqual([]);
        expect(await database.transactions.query(`select application_name, state from pg_stat_activity where datname = current_database() and application_name like 'orderwatch%' and application_name <> 'orderwatch test'`)).toEqual([]);
        stored.push(...promised);
        inFlight += seen.inFlight;
      }
      // Otherwise nothing was shown.
      expect(inFlight).toBeGreaterThan(STOPS);
      await server.start();
      await untilProcessed(database.transactions);
      expect(await notHeld(database.transactions, stored, { processed: true })).toEqual([]);
      const [facts] = await database.transactions.query<{ n: number; done: number }>(
        `select (select count(*)::int from order_event where type like 'shipment.%') as n, (select count(*)::int from inbox where state = 'done') as done`);
      expect(facts?.n).toBe(facts?.done);
      const { code, json } = await operator<Verified>(database.url, 'verify');
      expect({ code, mismatches: json.mismatches }).toEqual({ code: 0, mismatches: 0 });
    } finally {
      await server.end('SIGKILL');
      await database.drop();
    }
  }, 'graceful-stop');
});
