import type { PersonRole } from '../remedies/remedy.js';

/** Who asks, as the matrix knows them. A token is a program: it reads, with personal data masked, and never moves money. */
export type AccessSubject = PersonRole | 'token_read' | 'token_write' | 'anonymous';

/** `own`: only what is nobody's or one's own; the use case checks which. */
export type Grant = 'all' | 'own' | 'none';

const GRANTS = { y: 'all', o: 'own', '-': 'none' } as const;
type Mark = keyof typeof GRANTS;

/** Cells in the order agent, lead, manager, admin, read token, write token, anonymous. */
const COLUMNS: readonly AccessSubject[] = ['agent', 'lead', 'manager', 'admin', 'token_read', 'token_write', 'anonymous'];

/** One row of the table: agent, lead, manager, admin; what tokens may do; what anybody may do. */
type Row = readonly [agent: Mark, lead: Mark, manager: Mark, admin: Mark, readToken: Mark, writeToken: Mark, anonymous: Mark];

/**
 * Role × action. Anything not named here is denied, to everybody. The tests are made from this table.
 * An admin runs the house and moves neither cases nor money; a manager moves money and manages no users.
 */
const TABLE = {
  // anybody
  'public.web': ['y', 'y', 'y', 'y', 'y', 'y', 'y'],
  'public.health': ['y', 'y', 'y', 'y', 'y', 'y', 'y'],
  'public.sign_in': ['y', 'y', 'y', 'y', 'y', 'y', 'y'],
  'public.sign_out': ['y', 'y', 'y', 'y', 'y', 'y', 'y'],
  'public.webhook': ['y', 'y', 'y', 'y', 'y', 'y', 'y'], // the signature decides
  // oneself and colleagues
  'self.read': ['y', 'y', 'y', 'y', '-', '-', '-'],
  'self.write': ['y', 'y', 'y', 'y', '-', '-', '-'],
  'people.list': ['y', 'y', 'y', 'y', '-', '-', '-'],
  // orders
  'order.read': ['y', 'y', 'y', 'y', 'y', 'y', '-'],
  'customer.read': ['y', 'y', 'y', '-', '-', '-', '-'], // else names and addresses are masked
  'delivery.read_raw': ['y', 'y', 'y', 'y', '-', '-', '-'],
  'delivery.unmask': ['y', 'y', 'y', '-', '-', '-', '-'], // personal data in a raw body; each look is audited
  // cases
  'case.read': ['y', 'y', 'y', 'y', 'y', 'y', '-'],
  'case.claim': ['o', 'y', 'y', '-', '-', '-', '-'],
  'case.release': ['o', 'y', 'y', '-', '-', '-', '-'],
  'case.next': ['o', 'y', 'y', '-', '-', '-', '-'],
  'case.snooze': ['o', 'y', 'y', '-', '-', '-', '-'],
  'case.resolve': ['o', 'y', 'y', '-', '-', '-', '-'],
  'case.reopen': ['o', 'y', 'y', '-', '-', '-', '-'],
  'case.note': ['o', 'y', 'y', '-', '-', '-', '-'],
  'case.assign': ['o', 'y', 'y', '-', '-', '-', '-'], // `y`: also takes over what another person has
  'case.hand_over': ['-', 'y', 'y', '-', '-', '-', '-'],
  'case.undo': ['o', 'o', 'o', '-', '-', '-', '-'], // never another person's act
  'case.bulk': ['o', 'y', 'y', '-', '-', '-', '-'], // each case by the single act's own row
  // views of the queue, and lists as files
  'view.read': ['y', 'y', 'y', 'y', '-', '-', '-'],
  'view.save': ['o', 'y', 'y', 'o', '-', '-', '-'], // one's own; the team's also needs the next row
  'view.share': ['-', 'y', 'y', '-', '-', '-', '-'],
  'export.queue': ['y', 'y', 'y', 'y', '-', '-', '-'], // customers masked as in the list
  'export.stuck': ['y', 'y', 'y', 'y', '-', '-', '-'],
  // remedies
  'remedy.read': ['y', 'y', 'y', 'y', '-', '-', '-'],
  'remedy.request': ['o', 'y', 'y', '-', '-', '-', '-'],
  'remedy.approve': ['-', '-', 'o', '-', '-', '-', '-'], // never one's own proposal
  'remedy.decline': ['-', '-', 'o', '-', '-', '-', '-'],
  'remedy.call_back': ['-', '-', 'y', '-', '-', '-', '-'],
  'remedy.edit': ['o', 'o', 'o', '-', '-', '-', '-'], // one's own proposal, also to withdraw it
  'remedy.ask': ['-', '-', 'o', '-', '-', '-', '-'],
  'remedy.answer': ['o', 'y', 'o', '-', '-', '-', '-'],
  'remedy.retry': ['o', 'y', 'y', '-', '-', '-', '-'], // what failed for certain; it is approved anew
  'remedy.look_up': ['-', '-', 'o', '-', '-', '-', '-'], // what came of it, when nobody could tell
  'remedy.batch': ['-', '-', 'o', '-', '-', '-', '-'], // each as `remedy.approve`, clean ones below the personal limit
  'cohort.read': ['y', 'y', 'y', 'y', '-', '-', '-'],
  'cohort.write': ['-', '-', 'y', '-', '-', '-', '-'],
  'cohort.raise': ['-', '-', 'o', '-', '-', '-', '-'], // by another than made it
  'delegation.read': ['y', 'y', 'y', 'y', '-', '-', '-'],
  'delegation.write': ['-', '-', 'o', '-', '-', '-', '-'], // one's own
  'claim.write': ['o', 'y', 'y', '-', '-', '-', '-'], // against a carrier; `o`: of cases that nobody else has
  'policy.read': ['y', 'y', 'y', 'y', '-', '-', '-'],
  'policy.draft': ['-', '-', '-', 'y', '-', '-', '-'],
  'policy.rehearse': ['-', '-', 'y', 'y', '-', '-', '-'],
  'policy.live': ['-', '-', 'o', 'o', '-', '-', '-'], // by another than made the version
  // the audit
  'audit.read': ['o', 'y', 'y', 'y', '-', '-', '-'], // `o`: what one did oneself; leads and managers the team's work, admins all of it
  'export.audit': ['-', 'y', 'y', 'y', '-', '-', '-'], // as far as they read it
  'export.evidence': ['-', 'y', 'y', 'y', '-', '-', '-'], // all of one remedy, for somebody outside; customers masked as everywhere
  // sources and reports
  'health.read': ['y', 'y', 'y', 'y', 'y', 'y', '-'],
  'delivery.replay': ['y', 'y', 'y', 'y', '-', '-', '-'],
  'report.read': ['y', 'y', 'y', 'y', 'y', 'y', '-'],
  // live topics
  'live.queue': ['y', 'y', 'y', 'y', 'y', 'y', '-'],
  'live.order': ['y', 'y', 'y', 'y', 'y', 'y', '-'],
  'live.approvals': ['y', 'y', 'y', 'y', '-', '-', '-'],
  'live.health': ['y', 'y', 'y', 'y', 'y', 'y', '-'],
  'live.report': ['y', 'y', 'y', 'y', 'y', 'y', '-'],
} as const satisfies Readonly<Record<string, Row>>;

export type Action = keyof typeof TABLE;

/** Every action there is. */
export const ACTIONS = Object.keys(TABLE) as readonly Action[];

/** Every kind of caller there is. */
export const ACCESS_SUBJECTS = COLUMNS;

/** Whether the text names an action of the matrix. */
export function isAction(text: string): text is Action {
  return Object.hasOwn(TABLE, text);
}

/** What the matrix gives; an action it does not name is denied. */
export function grantOf(subject: AccessSubject, action: string): Grant {
  if (!isAction(action)) return 'none';
  const row: Row = TABLE[action];
  return GRANTS[row[COLUMNS.indexOf(subject)] ?? '-'];
}

/** What somebody may do, beside what their role gives, while a manager's delegation to them is in force: decide in that manager's stead, each remedy by itself. */
const IN_STEAD: readonly string[] = ['remedy.approve', 'remedy.decline', 'remedy.ask', 'remedy.call_back'] satisfies readonly Action[];

/** Whether it is among what a delegate may do in a manager's stead; an admin and a program are nobody's. */
export function mayDoInStead(subject: AccessSubject, action: string): boolean {
  return (subject === 'agent' || subject === 'lead' || subject === 'manager') && IN_STEAD.includes(action);
}

/** Whether the subject may do it at all; `own` is yes here, and checked further by the use case. */
export function mayDo(subject: AccessSubject, action: string): boolean {
  return grantOf(subject, action) !== 'none';
}

/** The action that joining a live topic is. */
export function topicAction(topic: string): Action | undefined {
  if (topic.startsWith('order:')) return 'live.order';
  const action = `live.${topic}`;
  return isAction(action) ? action : undefined;
}
