import { rehearseAsOf, rehearseSpans, rehearseState, toIso, unpackState, type Basis, type RehearsalConfig } from '@orderwatch/domain';
import { ConfigurationStore, FeedHealthStore, streamHistories, streamOrdersThen, type Tx } from '@orderwatch/db';
import { countsInWords, type CommandResult } from '../usage.js';
import type { Workbench } from '../workbench.js';

interface OpenEntry {
  readonly rule: string;
  readonly order: string;
  readonly shipment: string | null;
  readonly since: string;
  readonly suppressedBy: string | null;
}

interface SpanEntry {
  readonly rule: string;
  readonly order: string;
  readonly shipment: string | null;
  readonly from: string;
  readonly until: string | null;
}

/** Looks at every order's history under today's rules, in one unchanging picture of the database. Reads only. */
async function inOnePicture(bench: Workbench, basis: Basis, look: (tx: Tx, config: RehearsalConfig) => Promise<void>): Promise<void> {
  await bench.transactions.run(async (tx) => {
    await tx.query('set transaction isolation level repeatable read read only');
    await look(tx, await rehearsalConfig(tx, basis));
  });
}

async function rehearsalConfig(tx: Tx, basis: Basis): Promise<RehearsalConfig> {
  const { statusMap, policy } = await new ConfigurationStore().read(tx);
  const silences = await new FeedHealthStore().silences(tx);
  const readSilences = (at: number): Record<string, number> =>
    Object.fromEntries(silences.filter((s) => s.from <= at && (s.until === null || s.until > at)).map((s) => [s.connection, s.from]));
  // Every order is asked about the same instant.
  let [instant, then] = [Number.NaN, readSilences(Number.NaN)];
  const silencesAt = (at: number): Record<string, number> => {
    if (at !== instant) [instant, then] = [at, readSilences(at)];
    return then;
  };
  return { statusMap, policy, basis, silencesAt };
}

function distinctOrders(entries: readonly { rule: string; order: string }[]): { perRule: Record<string, number>; all: number } {
  const byRule = new Map<string, Set<string>>();
  for (const { rule, order } of entries) byRule.set(rule, (byRule.get(rule) ?? new Set()).add(order));
  const perRule = Object.fromEntries([...byRule].map(([rule, orders]) => [rule, orders.size] as const).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { perRule, all: new Set(entries.map((e) => e.order)).size };
}

const byPlace = (a: { rule: string; order: string; shipment: string | null }, b: { rule: string; order: string; shipment: string | null }): number => {
  const [x, y] = [`${a.rule}\0${a.order}\0${a.shipment ?? ''}`, `${b.rule}\0${b.order}\0${b.shipment ?? ''}`];
  return x < y ? -1 : x > y ? 1 : 0;
};

/** What the rules would have shown open at that instant. */
export async function rehearseOpen(bench: Workbench, at: number, basis: Basis): Promise<CommandResult> {
  const open: OpenEntry[] = [];
  await inOnePicture(bench, basis, async (tx, config) => {
    for await (const orders of streamOrdersThen(tx, { at, basis, mapVersion: config.statusMap.version })) {
      for (const order of orders) {
        const findings = order.stateText === null ? rehearseAsOf(order.orderId, order.events, at, config) : rehearseState(unpackState(order.stateText), order.early, at, config);
        for (const f of findings) open.push({ rule: f.rule, order: order.homeId, shipment: f.shipment, since: toIso(f.since), suppressedBy: f.suppressedBy });
      }
    }
  });
  open.sort(byPlace);
  const { perRule, all } = distinctOrders(open);
  return { json: { asOf: toIso(at), basis, counts: perRule, orders: all, open }, text: `Open at ${toIso(at)} (${basis}), ${all} orders:\n${countsInWords(perRule)}`, isOk: true };
}

/** What was raised between two instants. */
export async function rehearseRaised(bench: Workbench, from: number, to: number, basis: Basis): Promise<CommandResult> {
  const spans: SpanEntry[] = [];
  await inOnePicture(bench, basis, async (tx, config) => {
    for await (const { orderId, homeId, events } of streamHistories(tx)) {
      for (const s of rehearseSpans(orderId, events, from, to, config)) {
        spans.push({ rule: s.rule, order: homeId, shipment: s.shipment, from: toIso(s.from), until: s.until === null ? null : toIso(s.until) });
      }
    }
  });
  spans.sort(byPlace);
  const { perRule } = distinctOrders(spans);
  return { json: { raised: perRule, spans }, text: `Raised from ${toIso(from)} to ${toIso(to)} (${basis}):\n${countsInWords(perRule)}`, isOk: true };
}
