/**
 * The tray of own acts, instead of messages that fly away. A feature calls `record({ mutationId, what, object, undo: 'server', result })` when
 * an act has its answer, and `begin` when it is sent and `end` when it is over; a job calls `record` again with the same id as it goes on. Saying the result aloud is part of it: nobody calls `announce` too.
 */
export { activity, begin, canUndo, dismiss, dismissDone, end, forgetActivity, record, undo, undoLast, undoable, useActivity } from './store';
export type { Activity, ActivityItem, ActivityObject, ActivityReport, ActivityResult, ActivityState, Undo, UndoOutcome } from './types';
