import { Chip, formatDuration, formatTime, Icon, Kbd, Meter, type IconName } from '@orderwatch/ui';
import type { Order } from './api';
import { carrierName } from '../../shared/carriers';

interface TrackName {
  id: string;
  label: string;
  icon: IconName;
}

const names: readonly TrackName[] = [
  { id: 'order', label: 'Order', icon: 'receipt' },
  { id: 'payment', label: 'Payment', icon: 'card' },
  { id: 'fulfilment', label: 'Fulfilment', icon: 'warehouse' },
  { id: 'shipment', label: 'Shipments', icon: 'truck' },
  { id: 'return', label: 'Return', icon: 'back' },
];

const HOUR = 3_600_000;

type Card = Order['tracks'][number];
type Parcel = Order['parcels'][number];

const Limit = ({ elapsed, limit }: { elapsed: number; limit: number }) => {
  const text = `${formatDuration(elapsed * HOUR)} of ${formatDuration(limit * HOUR)}`;
  return (
    <span className="track-limit">
      <Meter value={elapsed} limit={limit} label={text} />
      <span className={elapsed > limit ? 'ow-red ow-strong' : undefined}>{text}</span>
    </span>
  );
};

const ParcelLine = ({ parcel, index }: { parcel: Parcel; index: number }) => {
  const at = parcel.lastMovementAt ?? parcel.statusAt;
  const isCounting = parcel.deliveredAt === null && parcel.elapsedHours !== null && parcel.limitHours !== null && !parcel.feedLate;
  return (
    <div className="track-parcel" title={[parcel.carrier ? carrierName(parcel.carrier) : undefined, parcel.number, parcel.facility].filter(Boolean).join(' · ')}>
      <b>P{index + 1}</b>
      {isCounting && parcel.problem === null && (parcel.elapsedHours ?? 0) > (parcel.limitHours ?? 0) / 2 ? (
        <Limit elapsed={parcel.elapsedHours ?? 0} limit={parcel.limitHours ?? 1} />
      ) : (
        <span className="ow-clip">{parcel.feedLate ? 'Unknown, feed late' : (parcel.problem ?? parcel.statusLabel)}</span>
      )}
      <span>{[at ? formatTime(at, 'minute') : undefined, parcel.carrier ? carrierName(parcel.carrier) : undefined].filter(Boolean).join(' · ')}</span>
    </div>
  );
};

const CardBody = ({ card, parcels }: { card: Card | undefined; parcels: readonly Parcel[] }) => (
  <>
    <div className={`track-state ${card?.tone === 'problem' ? 'ow-red' : card?.tone === 'warning' ? 'ow-amber' : ''}`}>{card?.label ?? 'Not started'}</div>
    {parcels.slice(0, 3).map((parcel, i) => (
      <ParcelLine key={parcel.id} parcel={parcel} index={i} />
    ))}
    {parcels.length > 3 ? <small>and {parcels.length - 3} more below</small> : null}
    {parcels.length === 0 && card ? (
      <>
        <small>{[card.since ? `since ${formatTime(card.since, 'minute')}` : undefined, card.source].filter(Boolean).join(' · ')}</small>
        {card.limitHours !== null && card.elapsedHours !== null ? <Limit elapsed={card.elapsedHours} limit={card.limitHours} /> : card.detail ? <small>{card.detail}</small> : null}
      </>
    ) : null}
  </>
);

interface TracksProps {
  tracks: readonly Card[];
  parcels: readonly Parcel[];
}

export const trackId = (index: number): string => `track-${index}`;

/** Five tracks side by side, never one status: what is true in each, since when, and who said it. */
export const Tracks = ({ tracks, parcels }: TracksProps) => (
  <div className="tracks">
    {names.map((name, i) => {
      const card = tracks.find((each) => each.track === name.id || each.track.startsWith(name.id.slice(0, 6)));
      return (
        <section key={name.id} className="track" id={trackId(i)} tabIndex={-1} aria-label={name.label}>
          <h2>
            <Icon name={name.icon} />
            {name.label}
            <span className="ow-spacer" />
            {card?.disagrees ? (
              <Chip tone="blue" icon="unequal">
                Sources disagree
              </Chip>
            ) : null}
            <Kbd hidden>{String(i + 1)}</Kbd>
          </h2>
          <CardBody card={card} parcels={name.id === 'shipment' ? parcels : []} />
        </section>
      );
    })}
  </div>
);
