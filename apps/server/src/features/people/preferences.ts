import { isKnownZone } from '@orderwatch/domain';
import { z } from 'zod';

/** Commands and columns have short names of ours: `go.queue`, `why`. */
const name = z.string().regex(/^[a-zA-Z][a-zA-Z0-9._-]{0,59}$/);
/** Empty: this command has no key. */
const keyPress = z.string().max(30);
const columns = z.array(name).min(1).max(40);

const MOST_OWN_KEYS = 100;

/**
 * What a person can choose about how they work. Everything is optional: what was never chosen is as usual, which the screens know.
 * Null puts a choice back to as usual.
 */
const choices = {
  density: z.enum(['compact', 'default', 'roomy']),
  theme: z.enum(['auto', 'light', 'dark', 'contrast']),
  /** The person's own zone (IANA); none: that of the machine. */
  timeZone: z.string().max(60).refine(isKnownZone, 'is no time zone'),
  /** Whose clock screens begin with. */
  zoneMode: z.enum(['mine', 'warehouse', 'event', 'utc']),
  language: z.enum(['en', 'pseudo']),
  sound: z.boolean(),
  /** Of the panel beside a list, CSS pixels. */
  peekWidth: z.number().int().min(420).max(560),
  /** Whether arrivals wait to be applied, or go in by themselves. */
  listMode: z.enum(['hold', 'live']),
} as const;

const keyboard = {
  /** Single keys that work everywhere. */
  singles: z.boolean(),
  /** Keys one after the other: `g q`. */
  chords: z.boolean(),
  /** Own keys by command, as a whole. */
  own: z.record(name, keyPress).refine((own) => Object.keys(own).length <= MOST_OWN_KEYS, `has more than ${MOST_OWN_KEYS} keys`),
} as const;

/** The columns of each list that a person chose, in their order. */
const lists = { queue: columns, stuck: columns, orders: columns, approvals: columns } as const;

/** Any of them may be left out, or put back to as usual; nothing else is taken. */
function someOf<T extends Readonly<Record<string, z.ZodType>>>(fields: T) {
  const entries = Object.entries(fields).map(([key, type]) => [key, type.nullable().optional()] as const);
  return z.strictObject(Object.fromEntries(entries) as { [K in keyof T]: z.ZodOptional<z.ZodNullable<T[K]>> });
}

const patchSchema = someOf({ ...choices, keyboard: someOf(keyboard), columns: someOf(lists) });
export type PreferencesPatch = z.infer<typeof patchSchema>;

/** The two keys that hold keys of their own; each of these is kept by itself. */
const NESTED = { keyboard: Object.keys(keyboard), columns: Object.keys(lists) } as const;
type Nested = keyof typeof NESTED;
const isNested = (key: string): key is Nested => Object.hasOwn(NESTED, key);

/** A patch that was not understood, told so that whoever sent it finds the place. */
export class NotUnderstood extends Error {}

function sentence({ code, path, message, ...issue }: z.core.$ZodIssue): string {
  const where = path.join('.');
  if (code === 'unrecognized_keys' && 'keys' in issue) return `${issue.keys.map((key) => [...path, key].join('.')).join(', ')} is not known`;
  return `${where === '' ? 'preferences' : where} ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}

/** @throws {NotUnderstood} naming every place that is wrong; then nothing of it is taken. */
export function readPatch(patch: unknown): PreferencesPatch {
  const read = patchSchema.safeParse(patch);
  if (read.success) return read.data;
  throw new NotUnderstood(read.error.issues.map(sentence).join('; '));
}

/** As it is kept: `keyboard.own` beside `density`, so that the last write wins for each by itself. */
export function flatten(patch: PreferencesPatch): Map<string, unknown> {
  const flat = new Map<string, unknown>();
  for (const [key, value] of Object.entries(patch)) {
    if (value === undefined) continue;
    if (!isNested(key)) flat.set(key, value);
    else for (const inner of NESTED[key]) addInner(flat, key, inner, value);
  }
  return flat;
}

function addInner(flat: Map<string, unknown>, key: Nested, inner: string, value: unknown): void {
  const given = value === null ? null : (value as Readonly<Record<string, unknown>>)[inner];
  if (given !== undefined) flat.set(`${key}.${inner}`, given);
}

/** The document again. What an older or newer version kept and this one does not know stays out. */
export function unflatten(flat: ReadonlyMap<string, unknown>): PreferencesPatch {
  const document: Record<string, unknown> = {};
  for (const [path, value] of flat) {
    const [key = '', inner] = path.split('.', 2);
    const part = inner === undefined ? { [key]: value } : { [key]: { [inner]: value } };
    if (!patchSchema.safeParse(part).success) continue;
    document[key] = inner === undefined ? value : { ...(document[key] as object | undefined), [inner]: value };
  }
  return document as PreferencesPatch;
}
