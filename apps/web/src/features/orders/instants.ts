interface Heard {
  at: string | null;
  kind: string;
  receivedAt?: string | null | undefined;
  folded?: readonly Heard[] | null | undefined;
}

/** What is derived by rules was never heard. */
const derived: ReadonlySet<string> = new Set(['silence', 'expected', 'folded']);

/** An act that follows a message this closely was brought about by it, as a case is opened: both are one step. In milliseconds. */
const TOGETHER_MS = 5000;

/** When something new was known of an order: a message came in, or somebody did something. Oldest first, in epoch milliseconds. */
export const knownInstants = (timeline: readonly Heard[]): number[] => {
  const rows = timeline.flatMap((row) => (row.folded ? [...row.folded] : [row])).filter((row) => !derived.has(row.kind));
  const told = [...new Set(rows.flatMap((row) => (row.receivedAt ? [Date.parse(row.receivedAt)] : [])))];
  const done = [...new Set(rows.flatMap((row) => (row.receivedAt || !row.at ? [] : [Date.parse(row.at)])))];
  const isFollowed = (at: number): boolean => done.some((act) => act > at && act - at <= TOGETHER_MS && !told.some((next) => next > at && next <= act));
  return [...new Set([...told, ...done])].filter((at) => !isFollowed(at)).sort((a, b) => a - b);
};

/** The last one before an instant; null is now. */
export const earlierThan = (instants: readonly number[], at: number | null): number | undefined => {
  const before = at === null ? instants.slice(0, -1) : instants.filter((each) => each < at);
  return before.at(-1);
};

/** The next one after an instant; null: the last one is reached, which is now. */
export const laterThan = (instants: readonly number[], at: number): number | null => {
  const next = instants.find((each) => each > at);
  return next === undefined || next === instants.at(-1) ? null : next;
};
