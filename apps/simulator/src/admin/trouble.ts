/** How the stand-in can misbehave; `before` and `after` say on which side of the effect. */
export const TROUBLES = ['ok', '4xx', '5xx_before', '5xx_after', 'timeout_before', 'timeout_after', 'slow', 'throttled', 'reply_lost'] as const;

export type Trouble = (typeof TROUBLES)[number];

/** What the next requests meet with, as set through `POST /__control`. */
export class TroublePlan {
  private mode: Trouble = 'ok';
  private left = Infinity;
  /** How long `slow` takes. */
  delay = 5_000;
  /** Whether effects are followed by their webhooks; off, only a look-up can tell. */
  echoes = true;

  /** `times` requests meet with `mode`; without a number, all until the next order. */
  set(mode: Trouble, times: number | undefined): void {
    this.mode = mode;
    this.left = times ?? Infinity;
  }

  /** The trouble of the next request. */
  take(): Trouble {
    if (this.left <= 0) this.mode = 'ok';
    this.left -= 1;
    return this.mode;
  }

  describe(): { readonly mode: Trouble; readonly times: number | null } {
    const mode = this.left <= 0 ? 'ok' : this.mode;
    return { mode, times: Number.isFinite(this.left) && this.left > 0 ? this.left : null };
  }
}

export function isTrouble(value: unknown): value is Trouble {
  return TROUBLES.some((trouble) => trouble === value);
}
