export type ActivityState = 'running' | 'done' | 'failed' | 'undone';

export interface ActivityObject {
  /** As people call it: "EX-8123", "#10482". */
  label: string;
  href?: string | undefined;
}

/** One item of an act on many: what became of it. */
export interface ActivityItem {
  id: string;
  label: string;
  isDone: boolean;
  /** Why not, or what else is to be said. */
  message?: string | undefined;
}

/** What an own act came to, or how far a background job is. */
export interface ActivityResult {
  state: ActivityState;
  /** Why it failed, or what else is to be said, as a sentence. */
  message?: string | undefined;
  /** The id that is also in the server's log. */
  reference?: string | undefined;
  /** A job's way: how many of how many. */
  progress?: { done: number; total: number } | undefined;
  items?: readonly ActivityItem[] | undefined;
  /** A file that a job has made. */
  href?: string | undefined;
}

/** How an act is undone: by the server from its mutation id, by the caller, or not at all. */
export type Undo = 'server' | (() => Promise<UndoOutcome>);

export interface UndoOutcome {
  isUndone: boolean;
  /** Why not, in the server's words. */
  message?: string | undefined;
}

/** What a feature reports. The same `mutationId` again means the same act, further on. */
export interface ActivityReport {
  mutationId: string;
  /** The act as a whole sentence in the past: "EX-8123 resolved: reshipped". */
  what: string;
  object?: ActivityObject | undefined;
  undo?: Undo | undefined;
  result: ActivityResult;
  /** Not said aloud, because the caller has said it, or it is one step of many. */
  isSilent?: boolean | undefined;
}

export interface Activity extends Omit<ActivityReport, 'isSilent'> {
  /** When it was first reported, by this machine's clock. */
  at: number;
}
