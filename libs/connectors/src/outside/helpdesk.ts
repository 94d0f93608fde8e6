import type { CallResult } from '../shopify/admin-api.js';

/** Milliseconds that a note with its look-up and its tag may take. */
export const NOTE_TIMEOUT = 15_000;

export interface NoteRequest {
  /** The ticket's own number there, digits. */
  readonly ticket: string;
  readonly text: string;
  /** Deterministic: a note that holds it is this one. */
  readonly marker: string;
  /** Lower-case letters, digits and hyphens. */
  readonly tag: string;
}

/** A helpdesk that takes notes for the team; customers never see them. */
export interface Helpdesk {
  /** Writes the note unless it is there, and sets the tag. `later` and `unknown`: ask again, which does no harm. */
  note(request: NoteRequest): Promise<CallResult<null>>;
}

/** What is written: the marker stands at the end, where people pass over it. */
export function noteText({ text, marker }: NoteRequest): string {
  return `${text}\n\n[${marker}]`;
}
