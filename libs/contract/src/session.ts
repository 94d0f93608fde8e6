/**
 * A client that sends it says by itself when hands are at work (POST /api/v1/session/hands), because it also reads without anybody's doing. A
 * request without it is taken for a person's.
 */
export const HANDS_TOLD_HEADER = 'x-hands-told';

/** What the client says of the hands: for how long they have rested, in milliseconds; null when it has not seen them yet. */
export interface HandsSaid {
  restedMs: number | null;
}

/** What is left of a session by the server's clock, in milliseconds: spans, so that nobody else's clock matters. */
export interface SessionLeft {
  /** Until it ends because nobody did anything. */
  idleMs: number;
  /** Until it ends whatever is done. */
  lastMs: number;
}
