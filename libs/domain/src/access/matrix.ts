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
  'people.list': ['y', 'y', 'y', 'y', '-', '-', '-'],
  // orders
  'order.read': ['y', 'y', 'y', 'y', 'y', 'y', '-'],
  'customer.read': ['y', 'y', 'y', '-', '-', '-', '-'], // else names and addresses are masked
  'delivery.read_raw': ['y', 'y', 'y', 'y', '-', '-', '-'],
  // cases
  'case.read': ['y', 'y', 'y', 'y', 'y', 'y', '-'],
  'case.claim': ['o', 'y', 'y', '-', '-', '-', '-'],
  'case.release': ['o', 'y', 'y', '-', '-', '-', '-'],
  'case.next': ['o', 'y', 'y', '-', '-', '-', '-'],
  'case.snooze': ['o', 'y', 'y', '-', '-', '-', '-'],
  'case.resolve': ['o', 'y', 'y', '-', '-', '-', '-'],
  'case.reopen': ['o', 'y', 'y', '-', '-', '-', '-'],
  'case.note': ['o', 'y', 'y', '-', '-', '-', '-'],
  // remedies
  'remedy.read': ['y', 'y', 'y', 'y', '-', '-', '-'],
  'remedy.request': ['o', 'y', 'y', '-', '-', '-', '-'],
  'remedy.approve': ['-', '-', 'o', '-', '-', '-', '-'], // never one's own proposal
  'remedy.decline': ['-', '-', 'o', '-', '-', '-', '-'],
  'remedy.call_back': ['-', '-', 'y', '-', '-', '-', '-'],
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
