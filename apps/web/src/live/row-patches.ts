import { notifyManager, type QueryClient } from '@tanstack/react-query';
import { patchCaseRow } from '../shared/cases/case-cache';
import type { CaseRow } from '../shared/cases/types';
import type { Clock } from './clock';
import type { Hands } from './hands';

export type RowPatch = Partial<CaseRow> & { id: string; version: number };

/** One frame: more often than this nothing can be seen. */
const FRAME_MS = 16;
/** A page that is busy gets its changes less often: drawing them takes at most a third of its time, but nothing waits longer than this. */
const SLOWEST_MS = 100;
const SHARE = 3;

/** Without a keyboard in sight nothing has to be waited for. */
const noHands: Pick<Hands, 'whenFree'> = {
  whenFree: (run) => {
    run();
    return () => undefined;
  },
};

/**
 * Puts pushed cells into the lists: the first at once, and while more pour in all of a frame together, so that two hundred changes a
 * second cost the page sixty renderings at most. A key that is being answered comes first.
 */
export class RowPatches {
  private readonly waiting = new Map<string, RowPatch>();
  private lastAt = Number.NEGATIVE_INFINITY;
  /** Least time from one drawing to the next. */
  private pauseMs = FRAME_MS;
  private cancel: (() => void) | undefined;

  constructor(
    private readonly client: QueryClient,
    private readonly clock: Clock,
    private readonly hands: Pick<Hands, 'whenFree'> = noHands,
  ) {}

  add(patch: RowPatch): void {
    const before = this.waiting.get(patch.id);
    if (before && before.version >= patch.version) return;
    this.waiting.set(patch.id, patch);
    if (this.cancel) return;
    const wait = this.lastAt + this.pauseMs - this.clock.now();
    if (wait <= 0) this.flushWhenFree();
    else this.cancel = this.clock.after(wait, () => this.flushWhenFree());
  }

  stop(): void {
    this.cancel?.();
    this.waiting.clear();
  }

  private flushWhenFree(): void {
    let isDone = false;
    const cancel = this.hands.whenFree(() => {
      isDone = true;
      this.flush();
    });
    if (!isDone) this.cancel = cancel;
  }

  private flush(): void {
    this.cancel = undefined;
    const began = this.clock.now();
    this.lastAt = began;
    const patches = [...this.waiting.values()];
    this.waiting.clear();
    notifyManager.batch(() => {
      for (const patch of patches) patchCaseRow(this.client, patch);
    });
    // The drawing is in a task of its own, planned by now: this one comes after it.
    this.clock.after(0, () => {
      this.pauseMs = Math.min(SLOWEST_MS, Math.max(FRAME_MS, (this.clock.now() - began) * SHARE));
    });
  }
}
