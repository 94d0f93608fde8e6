import type { ParcelProblem } from '../../order/state.js';
import { fromThen, type Rule, type Severity } from '../rule.js';
import { carrierInWords, dayInWords } from '../words.js';

/** A rule that shows what the carrier reports until a later movement or the delivery answers it; the fold keeps the most precise problem. */
export function carrierReported(id: ParcelProblem, label: string, severity: Severity, words: string): Rule {
  return {
    id, label, severity,
    conditions: (state, look) =>
      Object.values(state.parcels).flatMap((parcel) => {
        if (parcel.problem?.value !== id) return [];
        const at = look.clock(parcel.problem);
        return [{
          subject: { type: 'parcel' as const, id: parcel.id }, startedAt: at, ...fromThen(at), feed: null,
          detail: { carrier: parcel.carrier ?? parcel.problem.source, facility: parcel.facility, words: parcel.lastWords },
        }];
      }),
    explain: (detail, since, now) => {
      const where = detail['facility'] ? ` in ${detail['facility']}` : '';
      const quote = detail['words'] ? `: “${detail['words']}”` : '';
      return `${carrierInWords(detail['carrier'])} ${words}${where}, ${dayInWords(since, now)}${quote}`;
    },
  };
}
