import type { PersonRole } from '../remedies/remedy.js';

/** How much of the audit somebody reads: what they did themselves; what was done in the team's work, by anybody; all of it. */
export type AuditScope = 'own' | 'team' | 'all';

/** Categories of the team's work. Any other (people, tokens, connections, what nobody thought of) is the admin's alone. */
export const TEAM_CATEGORIES = ['remedy', 'policy', 'claim', 'delegation', 'cohort', 'case', 'view', 'export', 'delivery'] as const;

export function auditScopeOf(role: PersonRole): AuditScope {
  return role === 'admin' ? 'all' : role === 'agent' ? 'own' : 'team';
}
