import { lengthInWords } from '../exceptions/words.js';
import type { Instant } from '../shared/time.js';

/** `unknown` is a state of its own: nothing was ever heard, so nothing can be said. */
export type FeedState = 'ok' | 'late' | 'failing' | 'silent' | 'paused' | 'unknown';

export interface FeedSigns {
  readonly isPaused: boolean;
  readonly silentSince: Instant | null;
  readonly lastReceivedAt: Instant | null;
  readonly lagP50Seconds: number | null;
  readonly eventsLastHour: number;
  /** Deliveries of the last hour that could not be understood. */
  readonly deadLastHour: number;
}

/** A feed whose typical news arrives later than this is late; single late news are ordinary. */
const LATE_SECONDS = 15 * 60;
const MANY_DEAD = 5;
const DEAD_SHARE = 0.2;

/** How a source is doing. Silence is never health, and no answer is not silence. */
export function feedState(signs: FeedSigns): FeedState {
  if (signs.isPaused) return 'paused';
  if (signs.silentSince !== null) return 'silent';
  if (signs.lastReceivedAt === null) return 'unknown';
  if (signs.deadLastHour >= MANY_DEAD && signs.deadLastHour >= DEAD_SHARE * signs.eventsLastHour) return 'failing';
  return signs.lagP50Seconds !== null && signs.lagP50Seconds > LATE_SECONDS ? 'late' : 'ok';
}

export interface FeedLine {
  readonly name: string;
  readonly state: FeedState;
  readonly silentSince: Instant | null;
  readonly lagP50Seconds: number | null;
  readonly deadLastHour: number;
}

function trouble(feed: FeedLine, now: Instant): string | null {
  switch (feed.state) {
    case 'silent': return `${feed.name} silent ${lengthInWords(now - (feed.silentSince ?? now))}.`;
    case 'late': return `${feed.name} late, ${lengthInWords((feed.lagP50Seconds ?? 0) * 1000)} behind.`;
    case 'failing': return `${feed.name} failing, ${feed.deadLastHour} not understood in the last hour.`;
    case 'paused': return `${feed.name} paused.`;
    case 'unknown': return `${feed.name} not heard yet.`;
    case 'ok': return null;
  }
}

/** The state of all sources in words: `3 of 4 sources normal. easypost silent 47 min.` */
export function healthSentence(feeds: readonly FeedLine[], now: Instant): string {
  if (feeds.length === 0) return 'No source is connected.';
  const normal = feeds.filter((f) => f.state === 'ok').length;
  const head = normal === feeds.length ? (normal === 1 ? 'The one source is normal.' : `All ${normal} sources normal.`) : `${normal} of ${feeds.length} source${feeds.length === 1 ? '' : 's'} normal.`;
  return [head, ...feeds.map((f) => trouble(f, now)).filter((t) => t !== null)].join(' ');
}
