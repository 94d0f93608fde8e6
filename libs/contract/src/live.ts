import { z } from 'zod';

/**
 * Socket messages, both directions (design.md section 6). The client joins topics; the server pushes changes in commit order.
 * Topics: `queue` (case rows), `approvals` (remedies), `health` (sources, dead letters), `report`, `order:<uuid>`.
 */
export const topicSchema = z.union([
  z.enum(['queue', 'approvals', 'health', 'report']),
  z.string().regex(/^order:[0-9a-f-]{36}$/),
]);
export type Topic = z.infer<typeof topicSchema>;

/** Position of a change in commit order, `<xid>.<id>`; compare with {@link compareSeq}, never as text. */
export const seqSchema = z.string().regex(/^\d+\.\d+$/);
export type Seq = z.infer<typeof seqSchema>;

/** One change. `seq` and `prev` are absent when the committing process pushes at once; the sequenced message follows and changes nothing. */
export const changeSchema = z.object({
  topic: topicSchema,
  seq: seqSchema.optional(),
  prev: seqSchema.nullable().optional(),
  entity: z.enum(['case', 'order', 'remedy', 'source', 'dead_letter']),
  id: z.string(),
  version: z.number().int(),
  changed: z.array(z.string()),
  /** List cells that everyone in the room may see; absent = refetch. For `case` on `queue`: a CaseRow as GraphQL answers it. */
  patch: z.record(z.string(), z.unknown()).optional(),
  at: z.string(),
  cause: z.object({ actor: z.string().nullable(), mutationId: z.string().nullable() }),
});
export type Change = z.infer<typeof changeSchema>;

/** Client → server events, each with an acknowledgement. */
export const subscribeSchema = z.object({ topics: z.array(topicSchema).max(50) });
export const resumeSchema = z.object({ topic: topicSchema, seq: seqSchema });
/** Answer to `subscribe`: the topics joined with their latest positions; refused ones are named. */
export interface SubscribeAnswer {
  readonly joined: Readonly<Record<string, Seq | null>>;
  readonly refused: readonly string[];
}
/** Answer to `resume`: what was missed, or `gap` (refetch). */
export type ResumeAnswer = { readonly changes: readonly Change[] } | { readonly gap: true };

/** Server → client every 10 s: server time and each joined topic's latest position. */
export const beatSchema = z.object({ serverTime: z.string(), seq: z.record(z.string(), seqSchema.nullable()), refetch: z.boolean().optional() });
export type Beat = z.infer<typeof beatSchema>;

/** Socket event names: server pushes `change` and `beat`; client sends `subscribe`, `unsubscribe`, `resume`, `ping_app`. */
export const LIVE_EVENTS = { change: 'change', beat: 'beat', subscribe: 'subscribe', unsubscribe: 'unsubscribe', resume: 'resume', ping: 'ping_app' } as const;

/** Seconds between two beats. */
export const BEAT_SECONDS = 10;

/** Compares two positions; negative when `a` is earlier. */
export function compareSeq(a: Seq, b: Seq): number {
  const [ax = '0', ai = '0'] = a.split('.');
  const [bx = '0', bi = '0'] = b.split('.');
  const x = BigInt(ax) - BigInt(bx);
  const d = x === 0n ? BigInt(ai) - BigInt(bi) : x;
  return d < 0n ? -1 : d > 0n ? 1 : 0;
}
