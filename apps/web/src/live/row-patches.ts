import { notifyManager, type QueryClient } from '@tanstack/react-query';
import { patchCaseRow } from '../shared/cases/case-cache';
import type { CaseRow } from '../shared/cases/types';
import type { Clock } from './clock';

export type RowPatch = Partial<CaseRow> & { id: string; version: number };

/** One frame: more often than this nothing can be seen. */
const FRAME_MS = 16;

/**
 * Puts pushed cells into the lists: the first at once, and while more pour in all of a frame together, so that two hundred changes a
 * second cost the page sixty renderings at most.
 */
export class RowPatches {
  private readonly waiting = new Map<string, RowPatch>();
  private lastAt = Number.NEGATIVE_INFINITY;
  private cancel: (() => void) | undefined;

  constructor(
    private readonly client: QueryClient,
    private readonly clock: Clock,
  ) {}

  add(patch: RowPatch): void {
    const before = this.waiting.get(patch.id);
    if (before && before.version >= patch.version) return;
    this.waiting.set(patch.id, patch);
    if (this.cancel) return;
    const wait = this.lastAt + FRAME_MS - this.clock.now();
    if (wait <= 0) this.flush();
    else this.cancel = this.clock.after(wait, () => this.flush());
  }

  stop(): void {
    this.cancel?.();
    this.waiting.clear();
  }

  private flush(): void {
    this.cancel = undefined;
    this.lastAt = this.clock.now();
    const patches = [...this.waiting.values()];
    this.waiting.clear();
    notifyManager.batch(() => {
      for (const patch of patches) patchCaseRow(this.client, patch);
    });
  }
}
