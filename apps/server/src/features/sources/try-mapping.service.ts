import { Inject, Injectable } from '@nestjs/common';
import { ConfigurationStore, InboxStore, readRawDelivery, readToldFacts, Sealer, Transactions, type Clock, type TraceRow } from '@orderwatch/db';
import type { Fact } from '@orderwatch/domain';
import { Pipeline } from '../../pipeline/pipeline.js';
import { mapDelivery, understand, type Understood } from '../../pipeline/understand.js';
import { CLOCK } from '../../platform/tokens.js';
import { traceOf } from './mapping-trace.js';
import type { MappingTrial } from './raw-delivery.types.js';

type IncomingFact = Understood['facts'][number];

function textIn(fact: Fact, name: 'code' | 'carrier'): string | null {
  const value = (fact.data as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : null;
}

function rowOf({ fact, to }: IncomingFact): TraceRow {
  return {
    factId: fact.id, type: fact.type, code: textIn(fact, 'code'), kind: fact.kind, at: new Date(fact.at), orderId: 'orderId' in to ? to.orderId : null, carrier: textIn(fact, 'carrier'),
  };
}

const isSame = (a: TraceRow, b: TraceRow): boolean => a.type === b.type && a.code === b.code && a.at.getTime() === b.at.getTime();

/** Runs a delivery through today's code and writes nothing: what it would tell, beside what it told. */
@Injectable()
export class TryMappingService {
  constructor(
    private readonly db: Transactions,
    private readonly sealer: Sealer,
    private readonly inbox: InboxStore,
    private readonly pipeline: Pipeline,
    private readonly configuration: ConfigurationStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(id: string): Promise<MappingTrial | null> {
    const raw = await readRawDelivery(this.db, this.sealer, id);
    const [delivery] = raw ? await this.db.run((tx) => this.inbox.readSome(tx, [id])) : [];
    if (!raw || !delivery) return null;
    const { statusMap } = await this.configuration.read(this.db);
    const { facts, finished } = understand(delivery, mapDelivery(delivery, this.pipeline.registry.known(delivery.connection)?.kind));
    const today = facts.map(rowOf);
    // A repeat is stored with the delivery that told it first, so what is not here may be there.
    const told = new Map([...raw.trace, ...(await readToldFacts(this.db, today))].map((row) => [row.factId, row]));
    const step = (verdict: string, row: TraceRow) => ({ verdict, trace: traceOf(row, statusMap, this.clock.now()) });
    const ids = new Set(today.map((row) => row.factId));
    return {
      outcome: finished.state, detail: finished.detail ?? finished.cause ?? null, mapVersion: statusMap.version,
      facts: [
        ...today.map((row) => {
          const before = told.get(row.factId);
          return step(!before ? 'new' : isSame(before, row) ? 'same' : 'changed', row);
        }),
        ...raw.trace.filter((row) => !ids.has(row.factId)).map((row) => step('gone', row)),
      ],
    };
  }
}
