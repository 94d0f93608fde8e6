import { formatTime, type Tone } from '@orderwatch/ui';
import { money } from '../../shared/format';
import type { LabelKey, Translate } from '../../shared/i18n';
import type { AuditEntry } from './api';

/** Who did it, as people say it: a person's name, a rule, the system. */
export const actorText = ({ actor }: Pick<AuditEntry, 'actor'>, t: Translate): string => {
  if (actor === 'system') return t('audit:actor.system');
  if (actor === 'operator') return t('audit:actor.operator');
  return actor.startsWith('rule:') ? t('audit:actor.rule', { rule: actor.slice('rule:'.length).replaceAll('_', ' ') }) : actor;
};

const tones: Readonly<Record<string, Tone | undefined>> = { refused: 'amber', failed: 'red', unknown: 'amber' };

/** What was simply done draws no eye. */
export const resultTone = (result: string): Tone | undefined => tones[result];

export const resultText = (result: string, t: Translate): string => t(`audit:result.${result === 'refused' || result === 'failed' || result === 'unknown' ? result : 'ok'}`);

export interface Target {
  label: string;
  /** Where it can be looked at. */
  href: string | null;
}

const short = (id: string): string => (id.length > 12 ? id.slice(0, 8) : id);

/** What it was done to, by the name people know it by. */
export const targetOf = ({ action, target, orderId, orderName, remedyNumber }: AuditEntry): Target | null => {
  if (remedyNumber && target) return { label: orderName ? `${remedyNumber} · ${orderName}` : remedyNumber, href: `/approvals?item=${target}` };
  if (orderName && orderId) return { label: orderName, href: `/orders/${orderId}` };
  if (!target) return null;
  if (action.startsWith('policy.')) return { label: target, href: null };
  return { label: short(target), href: null };
};

/** Of a remedy the evidence can be handed out. */
export const remedyIdOf = ({ remedyNumber, target, source }: AuditEntry): string | null => (source === 'audit' && remedyNumber ? (target ?? null) : null);

type Change = AuditEntry['changes'][number];

/** What of a case people know it by. The rest of its history, ids and leases, is of use to the program only. */
const ofCase = { state: 'audit:case.state', rules: 'audit:case.rules', outcome: 'audit:case.outcome', snoozedUntil: 'audit:case.snoozedUntil' } as const satisfies Readonly<Record<string, LabelKey>>;
const isOfCase = (name: string): name is keyof typeof ofCase => name in ofCase;

const caseValue = (name: string, value: string | null): string | null => (value === null || value === '' ? null : name === 'snoozedUntil' ? formatTime(Number(value), 'minute') : value.replaceAll('_', ' '));

/** What became otherwise, in words: of a case what people know of it, of anything else all that was kept. */
export const shownChanges = ({ source, changes }: Pick<AuditEntry, 'source' | 'changes'>, t: Translate): readonly Change[] =>
  source === 'case'
    ? changes.flatMap(({ name, before, after }) => (isOfCase(name) ? [{ name: t(ofCase[name]), before: caseValue(name, before ?? null), after: caseValue(name, after ?? null) }] : []))
    : changes;

/** What became otherwise; where nothing did, what it was about. */
export const changeText = (entry: Pick<AuditEntry, 'source' | 'changes' | 'amount'>, t: Translate): string => {
  const changes = shownChanges(entry, t);
  if (changes.length === 0) return entry.amount ? money(entry.amount) : '';
  return changes.map(({ name, before, after }) => (entry.source === 'case' && before === null ? `${name} ${after ?? '–'}` : `${name} ${before ?? '–'} → ${after ?? '–'}`)).join(', ');
};

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** Why, as people say it: a case's history keeps codes and instants. */
export const reasonText = ({ source, reason }: Pick<AuditEntry, 'source' | 'reason'>): string | null => {
  if (source !== 'case' || !reason) return reason ?? null;
  return INSTANT.test(reason) ? formatTime(reason, 'minute') : reason.replace(/^[a-z_]+(?=:|$)/, (code) => code.replaceAll('_', ' '));
};
