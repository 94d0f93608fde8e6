import { builtInStatusMap, isRuleId, type KindStatusMap, type Policy, type SourceKind, type StatusMap } from '@orderwatch/domain';
import type { Queryable } from '../transactions.js';

/** Everything besides facts and time that a decision about an order depends on, as of one transaction. */
export interface Configuration {
  readonly statusMap: StatusMap;
  readonly policy: Policy;
  /** Connections that are silent right now, and since when. */
  readonly silences: Readonly<Record<string, number>>;
}

interface ConfigurationRow {
  readonly map_version: number | null;
  readonly rules: { rule: string; enabled: boolean; limit_ms: number | null }[] | null;
  readonly silences: { connection: string; ms: number }[] | null;
}

const READ = `
select (select max(version) from status_map) as map_version,
       (select json_agg(json_build_object('rule', rule, 'enabled', enabled, 'limit_ms', limit_ms)) from rule_setting) as rules,
       (select json_agg(json_build_object('connection', connection, 'ms', extract(epoch from from_at) * 1000)) from feed_silence where until_at is null) as silences`;

/** Differences against the built-in map: kind → track → code → meaning. */
type StatusMapEntries = Partial<Record<SourceKind, Partial<{ [Track in keyof KindStatusMap]: KindStatusMap[Track] }>>>;

function merge(entries: StatusMapEntries, version: number): StatusMap {
  const kinds: Partial<Record<SourceKind, KindStatusMap>> = { ...builtInStatusMap.kinds };
  for (const [kind, tracks] of Object.entries(entries) as [SourceKind, NonNullable<StatusMapEntries[SourceKind]>][]) {
    const before = kinds[kind] ?? { shipment: {}, payment: {}, returns: {} };
    kinds[kind] = {
      shipment: { ...before.shipment, ...tracks.shipment }, payment: { ...before.payment, ...tracks.payment }, returns: { ...before.returns, ...tracks.returns },
    };
  }
  return { version: builtInStatusMap.version + version, kinds };
}

function policyOf(rows: ConfigurationRow['rules']): Policy {
  const limits: Partial<Record<string, number>> = {};
  const disabled: Policy['disabled'][number][] = [];
  for (const { rule, enabled, limit_ms } of rows ?? []) {
    if (!isRuleId(rule)) continue;
    if (!enabled) disabled.push(rule);
    if (limit_ms !== null) limits[rule] = Number(limit_ms);
  }
  return { limits, disabled };
}

/** Reads the configuration, in one small statement per transaction; a status map is parsed once per version. */
export class ConfigurationStore {
  private map: StatusMap = builtInStatusMap;
  private mapRow: number | null = null;

  async read(db: Queryable): Promise<Configuration> {
    const [row] = await db.prepared<ConfigurationRow>(READ);
    const version = row?.map_version ?? null;
    if (version !== this.mapRow) await this.load(db, version);
    const silences = Object.fromEntries((row?.silences ?? []).map((s) => [s.connection, Math.round(Number(s.ms))]));
    return { statusMap: this.map, policy: policyOf(row?.rules ?? null), silences };
  }

  private async load(db: Queryable, version: number | null): Promise<void> {
    const [row] = version === null ? [] : await db.query<{ entries: string }>('select entries from status_map where version = $1', [version]);
    this.map = row && version !== null ? merge(JSON.parse(row.entries) as StatusMapEntries, version) : builtInStatusMap;
    this.mapRow = version;
  }
}
