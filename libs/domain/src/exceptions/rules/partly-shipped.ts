import { latest, partsOf } from '../../order/parts.js';
import { DAY } from '../../shared/time.js';
import type { Rule } from '../rule.js';
import { lengthInWords } from '../words.js';

/** Some part is delivered and another has had no movement for longer than the limit; a part that never moved counts from the order's start. */
export const partlyShipped: Rule = {
  id: 'partly_shipped',
  label: 'Part missing',
  severity: 'high',
  limit: 7 * DAY,
  conditions: (state, look) => {
    if (state.cancelled) return [];
    const parts = partsOf(state);
    const delivered = parts.filter((p) => p.isDelivered);
    const firstDelivery = Math.min(...delivered.map((p) => latest(p.parcels.map((parcel) => parcel.delivered))?.at ?? Infinity));
    if (!Number.isFinite(firstDelivery)) return [];
    const waiting = parts.filter((p) => !p.isDelivered).map((part) => {
      const moved = latest(part.parcels.filter((p) => !p.delivered).map((p) => p.lastMovement));
      return { feed: moved?.source ?? null, from: moved ? look.clock(moved) : (state.placed?.at ?? state.firstAt ?? firstDelivery), moved: moved ? 1 : 0 };
    });
    const first = waiting.sort((a, b) => a.from - b.from)[0];
    if (!first) return [];
    const since = Math.max(first.from + look.limit, firstDelivery);
    return [{
      subject: { type: 'order', id: null }, startedAt: first.from, since, opensAt: Math.max(first.from + look.limit + 1, firstDelivery), feed: first.feed,
      detail: { from: first.from, limit: look.limit, delivered: delivered.length, parts: parts.length, moved: first.moved },
    }];
  },
  explain: (detail, _since, now) => {
    const still = detail['moved'] ? 'has not moved' : 'never moved, waiting';
    return `${detail['delivered']} of ${detail['parts']} lines delivered; the rest ${still} for ${lengthInWords(now - Number(detail['from']))}, limit ${lengthInWords(Number(detail['limit']))}`;
  },
};
