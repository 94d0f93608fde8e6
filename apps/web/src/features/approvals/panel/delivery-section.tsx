import { Section } from '@orderwatch/ui';
import { useQuery } from '@tanstack/react-query';
import { useText } from '../../../shared/i18n';
import { AddressLines } from '../../../shared/remedies/delivery-fields';
import { reshipBasisQuery } from '../../../shared/remedies/reship-query';
import { StockView } from '../../../shared/remedies/stock-view';
import type { Remedy } from '../decide/decisions';

/** Where and how a reship goes, as it is approved; and as long as it can be stopped, whether there is anything to send. */
export const DeliverySection = ({ remedy }: { remedy: Remedy }) => {
  const t = useText();
  const { delivery, state, orderId, lines } = remedy;
  const isOpen = state === 'proposed' || state === 'approved' || state === 'failed';
  const basis = useQuery({ ...reshipBasisQuery(orderId), enabled: isOpen });
  const of = delivery?.of === 'other' || delivery?.of === 'shop' ? delivery.of : 'unknown';
  return (
    <Section title={t('remedies:delivery.title')} aside={of === 'unknown' ? undefined : t(of === 'other' ? 'remedies:delivery.other' : 'remedies:delivery.own')}>
      {delivery && delivery.address.length > 0 ? <AddressLines lines={delivery.address} /> : <p className="ow-dim">{t(delivery?.lost ? 'remedies:delivery.lost' : 'remedies:delivery.unknown')}</p>}
      <p>
        {t('remedies:delivery.by')} <span translate="no">{delivery?.service ?? t('remedies:delivery.asUsual')}</span>
      </p>
      {isOpen ? <StockView basis={basis.data} isFailed={basis.isError} lines={lines} /> : null}
    </Section>
  );
};
