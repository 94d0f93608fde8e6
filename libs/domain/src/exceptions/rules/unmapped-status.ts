import { fromThen, type Condition, type Look, type Rule, type Subject } from '../rule.js';
import type { Known } from '../../order/state.js';
import { sourceInWords } from '../../views/view-context.js';

function condition(subject: Subject, unknown: Known<string>, look: Look): Condition {
  const at = look.clock(unknown);
  return { subject, startedAt: at, ...fromThen(at), feed: null, detail: { code: unknown.value, source: unknown.source } };
}

/** A source sends a status that the status map does not know; ends when the map knows it. */
export const unmappedStatus: Rule = {
  id: 'unmapped_status',
  label: 'Unknown status',
  severity: 'low',
  conditions: (state, look) => {
    const found = Object.values(state.parcels).flatMap((parcel) => {
      const first = parcel.unmapped[0];
      return first ? [condition({ type: 'parcel', id: parcel.id }, first, look)] : [];
    });
    const first = state.unmapped[0];
    return first ? [...found, condition({ type: 'order', id: null }, first, look)] : found;
  },
  explain: (detail) => `${sourceInWords(String(detail['source']), {})} sent “${detail['code']}”, which the status map does not know`,
};
