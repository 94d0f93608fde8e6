import type { Doing } from '@orderwatch/contract';
import type { RemedyKind } from '../../gql';

/** What is open beside the timeline. */
export type Panel = 'resolve' | 'snooze' | 'note' | 'reopen' | 'takeOver' | 'assign' | 'raw' | null;

/** What the open form tells the others. */
export const doingOf = (panel: Panel, proposing: RemedyKind | null): Doing | null => proposing ?? (panel === 'note' || panel === 'snooze' || panel === 'resolve' ? panel : null);
