import { isKnownZone } from '@orderwatch/domain';
import { z } from 'zod';
import { badInput } from '../../../platform/errors/refusals.js';
import { QUEUE_COLUMNS, STUCK_COLUMNS } from './export-columns.js';
import { QueueDue, QueuePromise, QueueSort, QueueState, QueueView, QueueWait, type QueueFilter } from '../queue/queue.types.js';

/** `a,b`, or the name several times: each of them as it stands, for a carrier's name may hold a comma. */
const list = z.union([z.string().transform((text) => text.split(',')), z.array(z.string())]).transform((all) => all.map((each) => each.trim()).filter(Boolean));
const instant = z.string().transform((text, context) => {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) context.addIssue({ code: 'custom', message: 'is no time' });
  return at;
});
const whole = z.coerce.number().int().min(0);
const zone = z.string().max(60).refine(isKnownZone, 'is no time zone').default('UTC');
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

/** The queue's filter as an address has it, by the names of GraphQL; whoever adds one there adds it here, or this does not compile. */
const FILTER = {
  rules: list, carriers: list, shops: list, owner: z.string(), orderStatus: z.string(), text: z.string(), minAgeHours: whole, maxAgeHours: whole, resolvedFrom: instant, resolvedTo: instant,
  openedFrom: instant, openedTo: instant, countries: list, minValue: whole, maxValue: whole, due: z.enum(QueueDue), promise: z.enum(QueuePromise), zone: z.string().refine(isKnownZone, 'is no time zone'),
  wroteWithinHours: whole, state: z.enum(QueueState), waitsFor: z.enum(QueueWait), feedLate: flag,
} as const satisfies Readonly<Record<keyof QueueFilter, z.ZodType>>;

const optional = <T extends Readonly<Record<string, z.ZodType>>>(fields: T) =>
  Object.fromEntries(Object.entries(fields).map(([key, type]) => [key, type.optional()])) as { [K in keyof T]: z.ZodOptional<T[K]> };

const columnsOf = (known: object) => list.refine((ids) => ids.length > 0 && ids.every((id) => Object.hasOwn(known, id)), `takes ${Object.keys(known).join(', ')}`).nullable().default(null);

const queueSchema = z.strictObject({ view: z.enum(QueueView).default(QueueView.next_up), sort: z.enum(QueueSort).default(QueueSort.due), columns: columnsOf(QUEUE_COLUMNS), tz: zone, ...optional(FILTER) });
const stuckSchema = z.strictObject({ carrier: z.string().optional(), facility: z.string().optional(), lane: z.string().optional(), includeFeedLate: flag.default(false), columns: columnsOf(STUCK_COLUMNS), tz: zone });

export interface QueueExport {
  readonly view: QueueView;
  readonly filter: QueueFilter;
  readonly sort: QueueSort;
  /** Null: all. */
  readonly columns: readonly string[] | null;
  readonly zone: string;
}

export interface StuckExport {
  readonly carrier: string | null;
  readonly facility: string | null;
  readonly lane: string | null;
  readonly includeFeedLate: boolean;
  readonly columns: readonly string[] | null;
  readonly zone: string;
}

function understood<T>(read: z.ZodSafeParseResult<T>): T {
  if (read.success) return read.data;
  throw badInput(read.error.issues.map((issue) => (issue.code === 'unrecognized_keys' ? `${issue.keys.join(', ')} is not understood` : `${issue.path.join('.')}: ${issue.message}`)).join('; '));
}

/** What the address asks for; anything it says that is not understood is refused, for a file with other rows than were meant helps nobody. */
export function readQueueExport(query: unknown): QueueExport {
  const { view, sort, columns, tz, ...filter } = understood(queueSchema.safeParse(query));
  return { view, sort, columns, zone: tz, filter };
}

export function readStuckExport(query: unknown): StuckExport {
  const { carrier = null, facility = null, lane = null, tz, ...more } = understood(stuckSchema.safeParse(query));
  return { carrier, facility, lane, ...more, zone: tz };
}
