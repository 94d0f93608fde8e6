import type { Doing } from '@orderwatch/contract';
import type { CaseRow } from '../../shared/cases/types';

export const isMine = (row: CaseRow, meId: string): boolean => row.owner?.id === meId;

/** What the open form tells the others. */
export const doingOf = (panel: string | null): Doing | null => (panel === 'note' || panel === 'snooze' || panel === 'resolve' ? panel : null);
