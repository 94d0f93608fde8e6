import { compareSeq, type Change, type Seq } from '@orderwatch/contract';

type Position = Seq | null;

interface TopicState {
  /** The last position seen; null when the topic had none; undefined until joined. */
  last: Position | undefined;
  isResuming: boolean;
  waiting: Change[];
}

/** What to do with a message or a position: take these changes, and ask for what lies between. */
export interface Step {
  apply: readonly Change[];
  /** Ask `resume(topic, from)`; null when there is no position to resume from, so everything must be read again. */
  resumeFrom?: Position;
}

const nothing: Step = { apply: [] };

const isAhead = (a: Position | undefined, b: Position | undefined): boolean => a != null && (b == null || compareSeq(a, b) > 0);

/** Follows the position of each topic and notices what was missed. Knows nothing of sockets or caches. */
export class SequenceTracker {
  private readonly topics = new Map<string, TopicState>();

  private at(topic: string): TopicState {
    let state = this.topics.get(topic);
    if (!state) {
      state = { last: undefined, isResuming: false, waiting: [] };
      this.topics.set(topic, state);
    }
    return state;
  }

  private ask(state: TopicState): Step {
    state.isResuming = true;
    return { apply: [], resumeFrom: state.last ?? null };
  }

  last(topic: string): Position | undefined {
    return this.topics.get(topic)?.last;
  }

  forget(topic: string): void {
    this.topics.delete(topic);
  }

  /** A connection was lost: answers still under way will never come. */
  interrupt(): void {
    for (const state of this.topics.values()) {
      state.isResuming = false;
      state.waiting = [];
    }
  }

  /** The answer to joining. First time: take the position. Later: what came while away is asked for. */
  joined(topic: string, position: Position): Step {
    const state = this.at(topic);
    if (state.last === undefined) {
      state.last = position;
      return nothing;
    }
    return isAhead(position, state.last) && !state.isResuming ? this.ask(state) : nothing;
  }

  take(change: Change): Step {
    // Pushed by the committing process ahead of its place in the order; version alone decides what it changes.
    if (change.seq === undefined) return { apply: [change] };
    const state = this.at(change.topic);
    if (state.isResuming) {
      state.waiting.push(change);
      return nothing;
    }
    if (state.last === undefined) {
      state.last = change.seq;
      return { apply: [change] };
    }
    if (!isAhead(change.seq, state.last)) return nothing;
    if (isAhead(change.prev, state.last)) {
      state.waiting.push(change);
      return this.ask(state);
    }
    state.last = change.seq;
    return { apply: [change] };
  }

  /** A beat says how far the topic is; being behind it means a message was lost. */
  beat(topic: string, position: Position): Step {
    const state = this.topics.get(topic);
    if (!state || state.isResuming || state.last === undefined) return nothing;
    return isAhead(position, state.last) ? this.ask(state) : nothing;
  }

  /** The missed messages, followed by those that came while they were asked for. */
  resumed(topic: string, changes: readonly Change[]): Step {
    const state = this.at(topic);
    const waiting = state.waiting;
    state.isResuming = false;
    state.waiting = [];
    const apply: Change[] = [];
    for (const change of [...changes, ...waiting]) {
      if (change.seq === undefined || !isAhead(change.seq, state.last)) continue;
      state.last = change.seq;
      apply.push(change);
    }
    return { apply };
  }

  /** Too much was missed: the caller reads everything again, and the order goes on from the newest position known. */
  gap(topic: string, position?: Position): void {
    const state = this.at(topic);
    for (const candidate of [...state.waiting.map((change) => change.seq), position]) {
      if (isAhead(candidate, state.last)) state.last = candidate ?? null;
    }
    state.isResuming = false;
    state.waiting = [];
  }
}
