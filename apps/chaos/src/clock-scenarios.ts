import { Random, type ShiftedClock } from '@orderwatch/rig';

/** The clocks of three processes of one installation. */
export interface Clocks {
  /** Takes requests only. */
  readonly door: ShiftedClock;
  /** Does everything. */
  readonly all: ShiftedClock;
  /** Works only. */
  readonly worker: ShiftedClock;
}

export interface Scenario {
  readonly name: string;
  /** Time zones of the processes: door, all, worker. */
  readonly zones: readonly [door: string, all: string, worker: string];
  /** Before the processes start. */
  begin(clocks: Clocks): void;
  /** While people and jobs are at work. */
  during?(clocks: Clocks): void;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const UTC = ['UTC', 'UTC', 'UTC'] as const;

/** The change happens while the process works. */
const justBefore = (instant: string): number => Date.parse(instant) - 4 * SECOND;

/** Clocks as they are wrong in life. Chance moves the size of a shift, not its kind. */
export function scenarios(random: Random): readonly Scenario[] {
  const about = (ms: number): number => Math.round(ms * (1 + random.next() / 8));
  return [
    { name: 'an hour fast and an hour slow', zones: UTC, begin: ({ all, worker }) => (all.shift(-about(HOUR)), worker.shift(about(HOUR))) },
    { name: '36 hours slow and 36 hours fast', zones: UTC, begin: ({ all, worker }) => (all.shift(about(36 * HOUR)), worker.shift(-about(36 * HOUR))) },
    {
      name: 'a jump back', zones: UTC,
      begin: ({ door, all, worker }) => (door.shift(about(2 * MINUTE)), all.shift(about(10 * MINUTE)), worker.shift(about(3 * HOUR))),
      during: ({ door, all, worker }) => (door.shift(0), all.shift(-about(2 * HOUR)), worker.shift(-about(5 * MINUTE))),
    },
    {
      name: 'summer time begins', zones: ['UTC', 'Europe/Berlin', 'America/New_York'],
      begin: ({ all, worker }) => (all.set(justBefore('2027-03-28T01:00:00Z')), worker.set(justBefore('2027-03-14T07:00:00Z'))),
    },
    {
      name: 'summer time ends', zones: ['UTC', 'Australia/Lord_Howe', 'Europe/Berlin'],
      begin: ({ all, worker }) => (all.set(justBefore('2026-04-04T15:00:00Z')), worker.set(justBefore('2026-10-25T01:00:00Z'))),
    },
    {
      name: 'a leap day', zones: ['UTC', 'Asia/Kolkata', 'Pacific/Auckland'],
      begin: ({ all, worker }) => (all.set(justBefore('2028-02-29T00:00:00Z')), worker.set(justBefore('2028-03-01T00:00:00Z'))),
      during: ({ all }) => all.set(justBefore('2028-02-28T18:30:00Z')),
    },
  ];
}
