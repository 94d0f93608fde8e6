import { money } from '../../../shared/format';
import { t } from '../../../shared/i18n';
import { reasonCodeOf } from '../../../shared/remedies/draft';
import type { Remedy } from '../decide/decisions';

/** One thing that is no longer as it was. */
export interface Change {
  label: string;
  before: string;
  after: string;
}

const linesText = ({ lines }: Remedy): string => lines.map((line) => `${line.quantity} × ${line.title ?? line.lineId}`).join(', ') || t('approvals:change.none');
const addressText = ({ delivery }: Remedy): string => delivery?.address.join(', ') || t('approvals:change.none');
const evidenceText = ({ evidence }: Remedy): string => evidence.map((item) => item.text).join('; ') || t('approvals:change.none');

/** What another revision says otherwise than the one that was read, most important first; never empty, because a new revision is news in itself. */
export const changesSince = (read: Remedy, now: Remedy): Change[] => {
  const pairs: readonly (readonly [string, string, string])[] = [
    [t('approvals:change.amount'), money(read.amount), money(now.amount)],
    [t('approvals:change.lines'), linesText(read), linesText(now)],
    [t('approvals:change.address'), addressText(read), addressText(now)],
    [t('approvals:change.service'), read.delivery?.service ?? t('approvals:change.none'), now.delivery?.service ?? t('approvals:change.none')],
    [t('approvals:change.reason'), t(`remedies:reason.${reasonCodeOf(read.reasonCode)}`), t(`remedies:reason.${reasonCodeOf(now.reasonCode)}`)],
    [t('approvals:change.words'), read.reason, now.reason],
    [t('approvals:change.evidence'), evidenceText(read), evidenceText(now)],
    [t('approvals:change.needed'), String(read.approvalsNeeded), String(now.approvalsNeeded)],
  ];
  const changes = pairs.flatMap(([label, before, after]) => (before === after ? [] : [{ label, before, after }]));
  return changes.length > 0 ? changes : [{ label: t('approvals:change.revision'), before: String(read.revision), after: String(now.revision) }];
};

/** Lines of a difference that are shown at once. */
const MOST = 3;

/** "Parcel: lost → delivered" into its three parts; what is not written so stays whole. At most three, and how many more there are. */
export const voidDifference = (reasons: readonly string[]): { changes: Change[]; more: number } => {
  const changes = reasons.slice(0, MOST).map((reason) => {
    const [, label, before, after] = /^([^:→]+): (.+?) → (.+)$/s.exec(reason) ?? [];
    return label !== undefined && before !== undefined && after !== undefined ? { label, before, after } : { label: reason, before: '', after: '' };
  });
  return { changes, more: Math.max(0, reasons.length - MOST) };
};
