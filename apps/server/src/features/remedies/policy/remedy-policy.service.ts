import { Inject, Injectable } from '@nestjs/common';
import { DAY, readRemedyPolicy, rehearse, type Actor } from '@orderwatch/domain';
import { RemedyPolicyStore, Transactions, writeAudit, type Clock, type PolicyVersion, type Tx } from '@orderwatch/db';
import { CLOCK } from '../../../platform/tokens.js';
import { REMEDY_POLICY, type RemedyPolicies } from './remedy-policy.js';

/** How far back a rehearsal goes, and how many remedies at most. */
const REHEARSED = 90 * DAY;
const MOST_REHEARSED = 5_000;

export type PolicyAnswer = { readonly kind: 'done'; readonly version: PolicyVersion } | { readonly kind: 'not_allowed'; readonly reason: string };

const no = (reason: string): PolicyAnswer => ({ kind: 'not_allowed', reason });

/** Versions of the policy: made by one, rehearsed on the past, brought in by another. What is proposed already keeps the version it was read with. */
@Injectable()
export class ChangeRemedyPolicy {
  constructor(
    private readonly transactions: Transactions,
    private readonly store: RemedyPolicyStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(REMEDY_POLICY) private readonly policies: RemedyPolicies,
  ) {}

  list(): Promise<PolicyVersion[]> {
    return this.store.list(this.transactions);
  }

  draft(written: unknown, note: string, actor: Actor, mutationId: string): Promise<PolicyAnswer> {
    return this.transactions.run(async (tx) => {
      await this.store.lock(tx);
      const again = await this.store.madeWith(tx, mutationId);
      if (again) return { kind: 'done', version: again };
      if (note.trim() === '') return no('Say why the limits are to be these.');
      const { callBack } = (await this.policies.current(tx)).policy;
      const read = readRemedyPolicy(written, callBack);
      if (!('callBack' in read)) return no(read.join(' '));
      const { callBack: _, ...policy } = read;
      const version = await this.store.insert(tx, { policy, note, by: actor.id, at: this.clock.now(), mutationId });
      return this.told(tx, version, { actor, action: 'policy.draft', detail: { note, policy } });
    });
  }

  rehearse(version: number, actor: Actor): Promise<PolicyAnswer> {
    return this.transactions.run(async (tx) => {
      await this.store.lock(tx);
      const found = await this.store.find(tx, version);
      if (!found) return no('There is no such version.');
      const read = readRemedyPolicy(found.policy, 0);
      if (!('callBack' in read)) return no(read.join(' '));
      const now = this.clock.now();
      const rehearsal = rehearse(await this.store.past(tx, now - REHEARSED, MOST_REHEARSED), read);
      await this.store.noteRehearsal(tx, version, rehearsal, now);
      return this.told(tx, version, { actor, action: 'policy.rehearse', detail: { tried: rehearsal.tried, same: rehearsal.same, changes: rehearsal.changes } });
    });
  }

  /** Brings a rehearsed version in. By another person than made it, as long as there is one who may. */
  goLive(version: number, actor: Actor): Promise<PolicyAnswer> {
    return this.transactions.run(async (tx) => {
      await this.store.lock(tx);
      const found = await this.store.find(tx, version);
      if (!found) return no('There is no such version.');
      if (found.state === 'live') return { kind: 'done', version: found };
      if (found.rehearsedAt === null) return no('Rehearse it on past remedies first.');
      const others = await othersWhoMay(tx, found.madeBy);
      if (found.madeBy === actor.id && others > 0) return no('You made this version; another admin or a manager brings it in.');
      const before = await this.policies.current(tx);
      await this.store.goLive(tx, version, actor.id, this.clock.now());
      return this.told(tx, version, { actor, action: 'policy.live', detail: { before: before.version, isOwn: found.madeBy === actor.id, others } });
    });
  }

  private async told(tx: Tx, version: number, { actor, action, detail }: { readonly actor: Actor; readonly action: string; readonly detail: Readonly<Record<string, unknown>> }): Promise<PolicyAnswer> {
    await writeAudit(tx, { actor: actor.id, action, target: String(version), at: this.clock.now(), detail });
    const found = await this.store.find(tx, version);
    return found ? { kind: 'done', version: found } : no('The version could not be read back.');
  }
}

/** Admins and managers beside that person. */
async function othersWhoMay(tx: Tx, person: string): Promise<number> {
  const [row] = await tx.query<{ n: number }>(`select count(*)::int as n from person where role in ('manager', 'admin') and disabled_at is null and id <> $1::uuid`, [person]);
  return row?.n ?? 0;
}
