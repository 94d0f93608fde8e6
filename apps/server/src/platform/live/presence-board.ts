import { PRESENCE_TTL_SECONDS, type PresenceSaid, type Present } from '@orderwatch/contract';

/** One window of one person, at one order. */
export interface Presence extends PresenceSaid {
  readonly personId: string;
  readonly name: string;
  /** Names the window, over all processes. */
  readonly window: string;
}

interface Seen {
  readonly presence: Presence;
  /** Milliseconds of the clock given. */
  readonly until: number;
}

const RANK = { acting: 0, viewing: 1, away: 2 } as const;

/**
 * Who is at which order, as far as this process has heard. Every process hears of all windows, its own and the others', and keeps
 * its own board: nothing is stored, and who is silent for {@link PRESENCE_TTL_SECONDS} has left.
 */
export class PresenceBoard {
  /** Order → window → who. */
  private readonly orders = new Map<string, Map<string, Seen>>();

  constructor(
    private readonly now: () => number,
    /** Told when what others see of an order has changed. */
    private readonly onChange: (present: Present) => void,
  ) {}

  hear(presence: Presence): void {
    const windows = this.orders.get(presence.orderId) ?? new Map<string, Seen>();
    this.changing(presence.orderId, windows, () => {
      if (presence.state === 'gone') windows.delete(presence.window);
      else windows.set(presence.window, { presence, until: this.now() + PRESENCE_TTL_SECONDS * 1_000 });
    });
  }

  /** Forgets those who were silent too long. */
  expire(): void {
    const now = this.now();
    for (const [orderId, windows] of this.orders) {
      this.changing(orderId, windows, () => {
        for (const [window, seen] of windows) if (seen.until <= now) windows.delete(window);
      });
    }
  }

  /** Orders somebody is at. */
  all(): Present[] {
    return [...this.orders].map(([orderId, windows]) => ({ orderId, people: peopleOf(windows) }));
  }

  at(orderId: string): Present {
    return { orderId, people: peopleOf(this.orders.get(orderId) ?? new Map<string, Seen>()) };
  }

  private changing(orderId: string, windows: Map<string, Seen>, change: () => void): void {
    const before = JSON.stringify(peopleOf(windows));
    change();
    if (windows.size > 0) this.orders.set(orderId, windows);
    else this.orders.delete(orderId);
    const people = peopleOf(windows);
    if (JSON.stringify(people) !== before) this.onChange({ orderId, people });
  }
}

/** A person once, however many windows: as in the one where they are most present. */
function peopleOf(windows: ReadonlyMap<string, Seen>): Present['people'] {
  const byPerson = new Map<string, Present['people'][number]>();
  const seen = [...windows.values()].map((s) => s.presence).sort((a, b) => (a.window < b.window ? -1 : 1));
  for (const { personId, name, state, doing } of seen) {
    if (state === 'gone') continue;
    const before = byPerson.get(personId);
    if (!before || RANK[state] < RANK[before.state]) byPerson.set(personId, { id: personId, name, state, doing: (state === 'acting' ? doing : undefined) ?? null });
  }
  return [...byPerson.values()].sort((a, b) => RANK[a.state] - RANK[b.state] || (a.name < b.name ? -1 : 1));
}
