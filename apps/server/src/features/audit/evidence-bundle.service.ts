import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  chainedEntries, CustomerStore, decisionsOfRemedy, deliveryOfRemedy, lastAuditCheck, namesOfPeople, rawReferences, RemedyStore, stepsOfRemedy, titlesOfLines, Transactions, writeAudit, type AuditCheck, type Clock, type Queryable, type RemedyRecord,
} from '@orderwatch/db';
import { isoIn, mayDo } from '@orderwatch/domain';
import type { PersonPrincipal } from '../../platform/auth/principal.js';
import { CLOCK } from '../../platform/tokens.js';
import { EVIDENCE_FORMAT, HOW_TO_CHECK } from './how-to-check.js';

export interface MadeBundle {
  readonly name: string;
  /** The exact text of the file. */
  readonly text: string;
  /** Of that text, hex; the audit has it too. */
  readonly sha256: string;
}

const numberOf = ({ number }: RemedyRecord): string => `AP-${number}`;
const iso = (at: number | null): string | null => (at === null ? null : isoIn('UTC', at));

/**
 * Everything about one remedy in one file that explains itself: what was asked and why, what the policy said, the facts that the approval
 * is bound to, who decided, what the outside system answered, and the audit's entries so that anybody can hash them again.
 */
@Injectable()
export class EvidenceBundles {
  constructor(
    private readonly db: Transactions,
    private readonly remedies: RemedyStore,
    private readonly customers: CustomerStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns nothing when there is no such remedy. */
  async make(id: string, person: PersonPrincipal): Promise<MadeBundle | undefined> {
    const record = await this.remedies.find(this.db, id);
    if (!record) return undefined;
    const now = this.clock.now();
    const text = `${JSON.stringify(await this.content(record, person, now), null, 2)}\n`;
    const sha256 = createHash('sha256').update(text).digest('hex');
    // Before anything leaves: an entry too many is better than a file that nobody knows of.
    await this.db.run((tx) => writeAudit(tx, { actor: person.id, action: 'export.evidence', target: id, detail: { remedy: numberOf(record), sha256, masked: !mayDo(person.role, 'customer.read') }, at: now }));
    return { name: `orderwatch-evidence-${numberOf(record)}-${isoIn('UTC', now).slice(0, 19).replaceAll(':', '-')}Z.json`, text, sha256 };
  }

  private async content(record: RemedyRecord, person: PersonPrincipal, now: number): Promise<object> {
    const { db } = this;
    const { remedy, id, orderId } = record;
    const factIds = record.evidence.map((item) => item.factId).filter((each) => each !== null);
    const [decisions, steps, entries, raw, ledger, check, customer, delivery, titles] = await Promise.all([
      decisionsOfRemedy(db, orderId, id), stepsOfRemedy(db, orderId, id), chainedEntries(db, id), rawReferences(db, orderId, factIds), this.remedies.ledger(db, orderId), lastAuditCheck(db), this.customerOf(db, record, person), deliveryOfRemedy(db, orderId, id), titlesOfLines(db, orderId),
    ]);
    const names = await namesOfPeople(db, [
      ...remedy.editors, ...decisions.flatMap((each) => [each['person_id'], each['on_behalf_of']].filter((it) => typeof it === 'string')), ...steps.map((step) => step.actor), ...entries.map((entry) => entry.actor),
      ...record.questions.flatMap(({ by, answeredBy }) => [by, answeredBy ?? by]),
    ]);
    const who = (personId: unknown): { readonly id: string; readonly name: string | null } | null => (typeof personId === 'string' ? { id: personId, name: names.get(personId) ?? null } : null);
    return {
      format: EVIDENCE_FORMAT, madeAt: iso(now), madeBy: { id: person.id, name: person.name, role: person.role },
      remedy: { id, number: numberOf(record), kind: remedy.kind, state: remedy.state, revision: remedy.revision, amount: remedy.amount },
      order: { id: orderId, name: record.orderName, home: record.home, homeId: record.homeId, customer },
      asked: {
        by: who(remedy.proposedBy), at: iso(record.proposedAt), reasonCode: record.reasonCode, reason: record.reason, lines: record.lines.map((line) => ({ ...line, title: titles.get(line.lineId) ?? null })), delivery, exception: record.exception, cohort: record.cohortCause, editedBy: remedy.editors.filter((each) => each !== remedy.proposedBy).map(who),
        questions: record.questions.map(({ by, at, answeredBy, answeredAt, ...told }) => ({ ...told, by: who(by), at: iso(at), answeredBy: who(answeredBy), answeredAt: iso(answeredAt) })),
      },
      policy: { version: record.policyVersion, checks: record.checks, approvalsNeeded: remedy.approvalsNeeded },
      facts: { sha256: remedy.factsHash, frozen: record.facts },
      evidence: record.evidence.map((item) => ({ ...item, at: iso(item.at), raw: raw.find((each) => each.factId === item.factId) ?? null })),
      decisions: decisions.map(({ person_id: by, on_behalf_of: behalf = null, ...told }) => ({ by: who(by), onBehalfOf: who(behalf), decision: told['decision'], at: told['at'], reason: told['reason'], revision: told['revision'], factsSha256: told['facts_hash'] })),
      execution: {
        idempotencyKey: record.idempotencyKey, attempts: record.attempts, lastAttemptAt: iso(record.attemptedAt), executedAt: iso(record.executedAt), confirmedAt: iso(record.confirmedAt), reference: record.reference, failure: record.failure,
        declinedReason: record.declinedReason, voidReasons: record.voidReasons, ledger: ledger.filter((row) => row.remedyId === id).map(({ at, ...row }) => ({ ...row, at: iso(at) })),
      },
      history: steps.map(({ at, actor, ...step }) => ({ at: iso(at), actor: names.get(actor) ?? actor, ...step })),
      audit: { entries: entries.map((entry) => ({ ...entry, actorName: names.get(entry.actor) ?? null, when: iso(entry.at) })), chain: chainOf(check), howToCheck: HOW_TO_CHECK },
    };
  }

  /** The name where the reader may see customers; whoever made the file stands in it. */
  private async customerOf(db: Queryable, { customerId }: RemedyRecord, person: PersonPrincipal): Promise<object | null> {
    if (customerId === null) return null;
    if (!mayDo(person.role, 'customer.read')) return { id: customerId, name: null, masked: true };
    return { id: customerId, name: (await this.customers.read(db, [customerId])).get(customerId)?.name ?? null, masked: false };
  }
}

function chainOf(check: AuditCheck | null): object {
  return {
    checkedAt: iso(check?.checkedAt ?? null), wholeAt: iso(check?.wholeAt ?? null), entries: check?.entries ?? 0, head: check?.head ? { id: check.head.id, hash: check.head.hash.toString('hex') } : null, firstBrokenEntry: check?.broken?.id ?? null,
  };
}
