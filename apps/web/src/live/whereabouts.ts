import { PRESENCE_BEAT_SECONDS, type Doing, type PresenceSaid } from '@orderwatch/contract';
import type { Clock } from './clock';

/** Who only walks by is not there, in milliseconds. */
const SETTLE_MS = 400;

/** Tells the others that this window is at an order: when it has settled there, at each change, and again before they would forget it. */
export class Whereabouts {
  private cancel: (() => void) | undefined;
  private hasSaid = false;
  private doing: Doing | null = null;
  private isAway = false;

  constructor(
    private readonly orderId: string,
    private readonly say: (said: PresenceSaid) => void,
    private readonly clock: Clock,
  ) {
    this.cancel = clock.after(SETTLE_MS, () => this.speak());
  }

  change(doing: Doing | null, isAway: boolean): void {
    if (doing === this.doing && isAway === this.isAway) return;
    this.doing = doing;
    this.isAway = isAway;
    // An open form is worth saying at once.
    if (this.hasSaid || doing) this.speak();
  }

  stop(): void {
    this.cancel?.();
    if (this.hasSaid) this.say({ orderId: this.orderId, state: 'gone' });
  }

  private speak(): void {
    this.cancel?.();
    this.hasSaid = true;
    const { orderId, doing, isAway } = this;
    this.say(isAway ? { orderId, state: 'away' } : doing ? { orderId, state: 'acting', doing } : { orderId, state: 'viewing' });
    this.cancel = this.clock.after(PRESENCE_BEAT_SECONDS * 1000, () => this.speak());
  }
}
