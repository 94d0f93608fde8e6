import { z } from 'zod';
import { DOINGS, ENTITIES, PRESENCES, ROOMS } from './live-names.js';

/**
 * Socket messages, both directions (design.md section 6). The client joins topics; the server pushes changes in commit order.
 * Topics: `queue` (case rows), `approvals` (remedies), `health` (sources, dead letters), `report`, `order:<uuid>`.
 */
export const topicSchema = z.union([
  z.enum(ROOMS),
  z.string().regex(/^order:[0-9a-f-]{36}$/),
]);
export type Topic = z.infer<typeof topicSchema>;

/** Position of a change in commit order, `<xid>.<id>`; compare with `compareSeq`, never as text. */
export const seqSchema = z.string().regex(/^\d+\.\d+$/);
export type Seq = z.infer<typeof seqSchema>;

/** One change. `seq` and `prev` are absent when the committing process pushes at once; the sequenced message follows and changes nothing. */
export const changeSchema = z.object({
  topic: topicSchema,
  seq: seqSchema.optional(),
  prev: seqSchema.nullable().optional(),
  entity: z.enum(ENTITIES),
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

/** What somebody is doing at an order beyond reading it: a form is open or a draft unsent. */
export const doingSchema = z.enum(DOINGS);
export type Doing = z.infer<typeof doingSchema>;

/** Client → server `presence`, at each change and every `PRESENCE_BEAT_SECONDS`: what this window does at an order. Informs others; only the lease decides. */
export const presenceSchema = z.object({
  orderId: z.uuid(),
  /** `away`: the window is hidden, or idle for a minute. `gone`: the order was left. */
  state: z.enum([...PRESENCES, 'gone']),
  /** With `acting`. */
  doing: doingSchema.optional(),
});
export type PresenceSaid = z.infer<typeof presenceSchema>;

/** Server → client `presence`, to the rooms `queue` and `order:<id>`: everybody who is at that order now, the most present first. */
export const presentSchema = z.object({
  orderId: z.uuid(),
  people: z.array(z.object({ id: z.string(), name: z.string(), state: z.enum(PRESENCES), doing: doingSchema.nullable() })),
});
export type Present = z.infer<typeof presentSchema>;
