import { compareSeq, type Change, type Seq, type Topic } from '@orderwatch/contract';
import { hashKey, type QueryClient, type QueryFilters, type QueryKey } from '@tanstack/react-query';
import { isOwnMutation } from '../shared/api/own-mutations';
import { GLANCE_MS, isGlance } from '../shared/glance';
import { idle, whenIdle } from '../shared/when-idle';
import type { Clock } from './clock';
import { createCoalescer, type Coalescer, type Pace } from './coalescer';
import type { Hands } from './hands';
import { RowPatches, type RowPatch } from './row-patches';
import { effectsOf, effectsOfChange, type Effect } from './topics';

const SEEN = 500;
/** So many kinds of reads are kept in mind; beyond that those of which nothing is shown or cached any more are forgotten. */
const KEPT = 100;

/** The position an answer was read at, wherever its shape keeps it. */
const positionOf = (data: unknown): Seq | undefined => {
  if (typeof data !== 'object' || data === null) return undefined;
  if ('seq' in data && typeof data.seq === 'string') return data.seq;
  return 'pages' in data && Array.isArray(data.pages) ? positionOf(data.pages[0]) : undefined;
};

/** Applies changes to the cache: cells by version at once, everything else by few refreshes. */
export class CacheSync {
  private readonly coalescers = new Map<string, Coalescer & { readonly key: QueryKey }>();
  /** Versions already taken from a push ahead of its place in the order. */
  private readonly seen = new Set<string>();
  private readonly rows: RowPatches;

  constructor(
    private readonly client: QueryClient,
    private readonly clock: Clock,
    hands?: Pick<Hands, 'whenFree'>,
  ) {
    this.rows = new RowPatches(client, clock, hands);
  }

  apply(change: Change): void {
    if (change.topic === 'queue' && change.entity === 'case' && change.patch) {
      this.rows.add({ ...change.patch, id: change.id, version: change.version } as RowPatch);
    }
    if (this.isRepeated(change)) return;
    // One's own act refreshes when it is settled; doing so before would show the state from before it.
    if (isOwnMutation(change.cause.mutationId) && this.client.isMutating() > 0) return;
    for (const effect of effectsOfChange(change)) this.trigger(effect);
  }

  /** Reads everything of the topic again. */
  refresh(topic: Topic): void {
    for (const effect of effectsOf(topic)) this.trigger(effect);
  }

  /** Whether everything of the topic that is shown was read, or tried to be, since the instant. */
  isReadSince(topic: Topic, at: number): boolean {
    return effectsOf(topic).every(({ key }) =>
      this.client
        .getQueryCache()
        .findAll({ queryKey: key, type: 'active' })
        .every(({ state }) => Math.max(state.dataUpdatedAt, state.errorUpdatedAt) >= at),
    );
  }

  /** An answer read before the topic was joined may lack what came in between, whether or not its page is drawn by now. */
  catchUp(topic: Topic, position: Seq | null): void {
    if (position === null) return;
    for (const effect of effectsOf(topic)) whenIdle(this.client, { queryKey: effect.key }, () => this.isBehind(effect.key, position) && this.trigger(effect));
  }

  stop(): void {
    this.rows.stop();
    for (const coalescer of this.coalescers.values()) coalescer.stop();
    this.coalescers.clear();
  }

  private isBehind(key: QueryKey, position: Seq): boolean {
    return this.client
      .getQueryCache()
      .findAll({ queryKey: key })
      .some((query) => {
        const at = positionOf(query.state.data);
        return at !== undefined && compareSeq(at, position) < 0;
      });
  }

  private isRepeated(change: Change): boolean {
    const key = `${change.topic} ${change.entity} ${change.id} ${change.version}`;
    if (change.seq !== undefined) return this.seen.delete(key);
    this.seen.add(key);
    if (this.seen.size > SEEN) {
      const [oldest] = this.seen;
      if (oldest !== undefined) this.seen.delete(oldest);
    }
    return false;
  }

  private trigger({ key, ...pace }: Effect): void {
    // Nobody has asked, so that there is nothing to read again; most changes are about cases whose page nobody has opened.
    if (!this.isCached(key)) return;
    const name = hashKey(key);
    let coalescer = this.coalescers.get(name);
    if (!coalescer) {
      this.forgetUncached();
      coalescer = { key, ...createCoalescer(() => this.readAgain(key), () => this.paceOf(key, pace), this.clock) };
      this.coalescers.set(name, coalescer);
    }
    coalescer.trigger();
  }

  /**
   * Reads under way are begun anew, but for those that are the first of their kind: they are joined, and may have been answered before the
   * change. The next page of a list is read to its end, or a list that changes all the time would never get it.
   */
  private async readAgain(key: QueryKey): Promise<void> {
    const more: QueryFilters = { queryKey: key, predicate: ({ state }) => Boolean(state.fetchMeta?.fetchMore) };
    if (this.client.isFetching(more) > 0) await idle(this.client, more);
    const first = this.client
      .getQueryCache()
      .findAll({ queryKey: key })
      .filter(({ state }) => state.data === undefined && state.fetchStatus !== 'idle');
    await this.client.invalidateQueries({ queryKey: key });
    await Promise.all(first.map(({ queryKey }) => this.client.invalidateQueries({ queryKey, exact: true })));
  }

  private isCached(key: QueryKey): boolean {
    return this.client.getQueryCache().find({ queryKey: key, exact: false }) !== undefined;
  }

  /** What is only glanced at says so itself. */
  private paceOf(key: QueryKey, pace: Pace): Pace {
    return isGlance(this.client.getQueryCache().find({ queryKey: key })?.meta) ? { everyMs: GLANCE_MS } : pace;
  }

  /** A window that is open all day sees the cases of the day; it keeps the pace of those it still shows. */
  private forgetUncached(): void {
    if (this.coalescers.size < KEPT) return;
    for (const [name, { key, stop }] of this.coalescers) {
      if (this.isCached(key)) continue;
      stop();
      this.coalescers.delete(name);
    }
  }
}
