import { Inject, Injectable } from '@nestjs/common';
import { auditScopeOf, changesOf, parseAuditQuery, type AuditTerm } from '@orderwatch/domain';
import { actsOfOrder, auditOfOrder, countAudit, lastAuditCheck, namesOfPeople, searchAudit, Transactions, type AuditCheck, type AuditEntryRow, type AuditReader, type Clock } from '@orderwatch/db';
import type { PersonPrincipal } from '../../platform/auth/principal.js';
import { shownHistory } from '../../platform/cases/shown-history.js';
import { CLOCK } from '../../platform/tokens.js';
import type { AuditChain, AuditEntry, AuditNewer, AuditPage } from './audit.types.js';
import { shownEntry } from './shown-entry.js';

/** Entries on a page, at most. */
const PAGE = 100;
/** Newer entries are counted up to this. */
const MOST_NEWER = 100;
/** Conditions that are left out one by one, to say which of them excludes everything. */
const MOST_LEFT_OUT = 6;
const TOO_MUCH = 'That is too much to look through: narrow it with since:, actor: or order:.';

export function readerOf({ id, role }: PersonPrincipal): AuditReader {
  return { personId: id, scope: auditScopeOf(role) };
}

/** The audit, as far as its reader may see it: searched, and told order by order. */
@Injectable()
export class ShowAudit {
  constructor(
    private readonly db: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async search(text: string, before: string | null, first: number, person: PersonPrincipal): Promise<AuditPage> {
    const reader = readerOf(person);
    const limit = Math.min(Math.max(1, first), PAGE);
    const { terms, tokens, wrong } = parseAuditQuery(text, this.clock.now());
    const generatedAt = new Date(this.clock.now());
    const [found, check] = await Promise.all([searchAudit(this.db, reader, { terms, before, limit: limit + 1 }), lastAuditCheck(this.db)]);
    const tooWide = found === 'too much';
    const rows = tooWide ? [] : await this.named(found);
    const excluding = rows.length === 0 && before === null && !tooWide ? await this.excluding(reader, terms, tokens) : [];
    return {
      entries: rows.slice(0, limit).map(shownEntry), next: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null, problems: tooWide ? [...wrong, TOO_MUCH] : wrong, tooWide, excluding, generatedAt, scope: reader.scope,
      chain: chainOf(check),
    };
  }

  /** How many came since an entry; a search that takes too long has none that are worth waiting for. */
  async newer(text: string, than: string, person: PersonPrincipal): Promise<AuditNewer> {
    const generatedAt = new Date(this.clock.now());
    const [count, check] = await Promise.all([countAudit(this.db, readerOf(person), { terms: parseAuditQuery(text, this.clock.now()).terms, after: than, limit: MOST_NEWER }), lastAuditCheck(this.db)]);
    return { count: count === 'too much' ? 0 : count, chain: chainOf(check), generatedAt };
  }

  /** Those conditions without which something would be found. */
  private async excluding(reader: AuditReader, terms: readonly AuditTerm[], tokens: readonly string[]): Promise<string[]> {
    const guilty: string[] = [];
    for (const [n, token] of tokens.slice(0, MOST_LEFT_OUT).entries()) {
      const found = await countAudit(this.db, reader, { terms: terms.toSpliced(n, 1), limit: 1 });
      if (found === 'too much') break;
      if (found > 0) guilty.push(token);
    }
    return guilty;
  }

  /** In whose stead somebody acted, by name. */
  private async named(rows: readonly AuditEntryRow[]): Promise<AuditEntryRow[]> {
    const others = rows.map((row) => row.detail['onBehalfOf']).filter((id) => typeof id === 'string');
    const names = others.length === 0 ? new Map<string, string>() : await namesOfPeople(this.db, others);
    return rows.map((row) => {
      const name = names.get(String(row.detail['onBehalfOf']));
      return name === undefined ? row : { ...row, detail: { ...row.detail, onBehalfOfName: name } };
    });
  }

  /** Oldest first: what was done to the case, and what the audit has of the order. What both have is told once. */
  async story(orderId: string, person: PersonPrincipal): Promise<AuditEntry[]> {
    const reader = readerOf(person);
    const [entries, acts] = await Promise.all([auditOfOrder(this.db, reader, orderId), actsOfOrder(this.db, orderId)]);
    const isAudited = ({ actor, what }: { readonly actor: string; readonly what: string }): boolean =>
      (reader.scope !== 'own' || actor === reader.personId) && (what === 'proposed' || what.startsWith('remedy_'));
    const shownActs = shownHistory(person.role, acts).filter((act) => !isAudited(act)).map((act): AuditEntry =>
      ({
        id: `case:${act.id}`, source: 'case', at: new Date(act.at), actor: act.actorName ?? act.actor, actorId: act.actor, action: `case.${act.what}`, orderId, reason: reasonOf(act.why), result: 'ok',
        changes: changesOf({ before: stateOf(act.before), after: stateOf(act.after) }),
      }));
    return [...shownActs, ...(await this.named(entries)).map(shownEntry)].sort((a, b) => a.at.getTime() - b.at.getTime());
  }
}

/** Of what a rule did the history keeps the finding's key, which says nothing to people beyond its rule. */
function reasonOf(why: string | null): string | null {
  const [, rule] = /^([a-z_]+)\|[a-z]+\|/.exec(why ?? '') ?? [];
  return rule === undefined ? why : rule.replaceAll('_', ' ');
}

function stateOf(text: string | null): unknown {
  return text === null ? null : JSON.parse(text);
}

function chainOf(check: AuditCheck | null): AuditChain {
  const date = (at: number | null | undefined): Date | null => (at === null || at === undefined ? null : new Date(at));
  return { checkedAt: date(check?.checkedAt), wholeAt: date(check?.wholeAt), entries: check?.entries ?? 0, brokenEntry: check?.broken?.id ?? null, brokenSince: date(check?.broken?.since) };
}
