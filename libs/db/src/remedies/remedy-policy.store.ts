import { defaultRemedyPolicy, readRemedyPolicy, type PastRemedy, type PolicyCheck, type Rehearsal, type RemedyPolicy, type Situation } from '@orderwatch/domain';
import type { Queryable, Tx } from '../transactions.js';

/** A version of the policy, as text that the domain reads. */
export interface PolicyVersion {
  readonly version: number;
  readonly policy: unknown;
  readonly note: string;
  readonly state: 'draft' | 'live' | 'retired';
  readonly madeBy: string;
  readonly madeAt: number;
  readonly rehearsedAt: number | null;
  readonly rehearsal: Rehearsal | null;
  readonly liveAt: number | null;
  readonly liveBy: string | null;
}

interface Row {
  readonly version: number; readonly policy: string; readonly note: string; readonly state: PolicyVersion['state']; readonly made_by: string; readonly made_at: Date;
  readonly rehearsed_at: Date | null; readonly rehearsal: string | null; readonly live_at: Date | null; readonly live_by: string | null;
}

const SELECT = 'select version, policy, note, state, made_by::text, made_at, rehearsed_at, rehearsal, live_at, live_by::text from remedy_policy';
/** Taken by whoever changes the versions: one at a time. */
const LOCK = 7_261_204_914;

function versionOf(row: Row): PolicyVersion {
  return {
    version: row.version, policy: JSON.parse(row.policy) as unknown, note: row.note, state: row.state, madeBy: row.made_by, madeAt: row.made_at.getTime(), rehearsedAt: row.rehearsed_at?.getTime() ?? null,
    rehearsal: row.rehearsal === null ? null : (JSON.parse(row.rehearsal) as Rehearsal), liveAt: row.live_at?.getTime() ?? null, liveBy: row.live_by,
  };
}

/** Versions of the remedies' policy. A version is never changed once it is made; another one goes live in its place. */
export class RemedyPolicyStore {
  async live(db: Queryable): Promise<PolicyVersion | undefined> {
    const [row] = await db.query<Row>(`${SELECT} where state = 'live'`);
    return row && versionOf(row);
  }

  async list(db: Queryable): Promise<PolicyVersion[]> {
    return (await db.query<Row>(`${SELECT} order by version desc limit 100`)).map(versionOf);
  }

  async find(db: Queryable, version: number): Promise<PolicyVersion | undefined> {
    const [row] = await db.query<Row>(`${SELECT} where version = $1`, [version]);
    return row && versionOf(row);
  }

  async madeWith(db: Queryable, mutationId: string): Promise<PolicyVersion | undefined> {
    const [row] = await db.query<Row>(`${SELECT} where mutation_id = $1::uuid`, [mutationId]);
    return row && versionOf(row);
  }

  async lock(tx: Tx): Promise<void> {
    await tx.query('select pg_advisory_xact_lock($1::bigint)', [LOCK]);
  }

  /** @returns the new version's number. The caller has the lock. */
  async insert(tx: Tx, made: { readonly policy: unknown; readonly note: string; readonly by: string; readonly at: number; readonly mutationId: string }): Promise<number> {
    const [row] = await tx.query<{ version: number }>(
      `insert into remedy_policy (version, policy, note, made_by, made_at, mutation_id) select coalesce(max(version), 0) + 1, $1, $2, $3, $4, $5 from remedy_policy returning version`,
      [JSON.stringify(made.policy), made.note, made.by, new Date(made.at), made.mutationId]);
    if (!row) throw new Error('a version of the policy was not written');
    return row.version;
  }

  async noteRehearsal(tx: Tx, version: number, rehearsal: Rehearsal, at: number): Promise<void> {
    await tx.query('update remedy_policy set rehearsal = $2, rehearsed_at = $3 where version = $1', [version, JSON.stringify(rehearsal), new Date(at)]);
  }

  async goLive(tx: Tx, version: number, by: string, at: number): Promise<void> {
    await tx.query(`update remedy_policy set state = 'retired' where state = 'live'`);
    await tx.query(`update remedy_policy set state = 'live', live_at = $2, live_by = $3 where version = $1`, [version, new Date(at), by]);
  }

  /** Remedies that were asked for since that instant, newest first, with what was said to them. */
  async past(db: Queryable, since: number, limit: number): Promise<PastRemedy[]> {
    const rows = await db.query<{ number: string; situation: string | null; approvals_needed: number; checks: string }>(
      'select number::text, situation, approvals_needed, checks from remedy where proposed_at >= $1 order by proposed_at desc limit $2', [new Date(since), limit]);
    return rows.map((row) => {
      const situation = row.situation === null ? null : (JSON.parse(row.situation) as Situation & { readonly isClean?: boolean });
      return { number: `AP-${row.number}`, situation, approvalsNeeded: row.approvals_needed, isClean: isClean(row.checks, situation) };
    });
  }
}

function isClean(checks: string, situation: { readonly isClean?: boolean } | null): boolean {
  return situation?.isClean ?? (JSON.parse(checks) as PolicyCheck[]).every((check) => check.verdict === 'pass');
}

export interface LivePolicy {
  /** 0: the one that comes with the program. */
  readonly version: number;
  readonly policy: RemedyPolicy;
}

/** The limits that remedies are asked for under now; before a version is live, those that come with the program. @param callBack milliseconds; of the installation. */
export async function liveRemedyPolicy(db: Queryable, callBack: number = defaultRemedyPolicy.callBack): Promise<LivePolicy> {
  const live = await new RemedyPolicyStore().live(db);
  if (!live) return { version: 0, policy: { ...defaultRemedyPolicy, callBack } };
  const policy = readRemedyPolicy(live.policy, callBack);
  if ('callBack' in policy) return { version: live.version, policy };
  throw new Error(`remedy policy ${live.version} cannot be read: ${policy.join(' ')}`);
}
