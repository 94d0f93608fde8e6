import { changesOf } from '@orderwatch/domain';
import type { AuditEntryRow } from '@orderwatch/db';
import type { AuditEntry } from './audit.types.js';

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null);

/** Of a policy's own entries the version is what they are about. */
function policyOf({ action, target, detail }: AuditEntryRow): string | null {
  return textOf(detail['policyVersion']) ?? (action.startsWith('policy.') ? target : null);
}

/** An entry as people read it. */
export function shownEntry(row: AuditEntryRow): AuditEntry {
  const { actorName, detail, ...entry } = row;
  return {
    ...entry, source: 'audit', at: new Date(entry.at), actorId: entry.actor, actor: actorName ?? entry.actor, detail, changes: changesOf(detail), policyVersion: policyOf(row),
    onBehalfOf: textOf(detail['onBehalfOfName']) ?? textOf(detail['onBehalfOf']), request: textOf(detail['request']), session: textOf(detail['session']),
  };
}
