import { useQuery } from '@tanstack/react-query';
import { useText } from '../../../shared/i18n';
import { precedentsQuery } from '../../../shared/remedies/precedents-query';
import type { Remedy } from '../decide/decisions';

/** The question that its panel asks of the past; one answer serves all its parts. */
export const precedentsOf = ({ id, orderId, kind, amount, lines, reasonCode, version }: Remedy) =>
  precedentsQuery({ orderId, kind, amountMinor: amount?.minor ?? null, lines: lines.map(({ lineId, quantity }) => ({ lineId, quantity })), reasonCode, remedyId: id }, version);

/** What became of what the asker asked for lately, as the server counts it. */
export const AskerRate = ({ remedy }: { remedy: Remedy }) => {
  const t = useText();
  const { data, isPlaceholderData } = useQuery(precedentsOf(remedy));
  const rate = isPlaceholderData ? null : (data?.asker ?? null);
  if (rate === null || rate.asked === 0) return null;
  return <span title={t('approvals:panel.rateTitle', { name: remedy.proposedBy.name })}> · {t('approvals:panel.rate', { ...rate })}</span>;
};
