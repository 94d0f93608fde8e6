import { Button, Chip, formatDuration, formatTime, Icon, Kbd, Meter, type IconName } from '@orderwatch/ui';
import { carrierName } from '../../shared/carriers';
import { useText } from '../../shared/i18n';
import { useShownZone } from '../../shared/zone';
import type { Order } from './api';

const names = ['order', 'payment', 'fulfilment', 'shipment', 'return'] as const;
type TrackName = (typeof names)[number];

export const isTrack = (name: string): name is TrackName => names.some((each) => each === name);

const icons: Readonly<Record<TrackName, IconName>> = { order: 'receipt', payment: 'card', fulfilment: 'warehouse', shipment: 'truck', return: 'back' };

const HOUR = 3_600_000;
const MOST_PARCELS = 3;
/** As the server calls a card that it could not make. */
const UNREADABLE = 'unreadable';

type Card = Order['tracks'][number];
type Parcel = Order['parcels'][number];

const Limit = ({ elapsed, limit }: { elapsed: number; limit: number }) => {
  const t = useText();
  const text = t('order:track.limit', { elapsed: formatDuration(elapsed * HOUR), limit: formatDuration(limit * HOUR) });
  return (
    <span className="track-limit">
      <Meter value={elapsed} limit={limit} label={text} />
      <span className={elapsed > limit ? 'ow-red ow-strong' : undefined}>{text}</span>
    </span>
  );
};

const ParcelLine = ({ parcel, index }: { parcel: Parcel; index: number }) => {
  const t = useText();
  const at = parcel.lastMovementAt ?? parcel.statusAt;
  const isCounting = parcel.deliveredAt === null && parcel.elapsedHours !== null && parcel.limitHours !== null && !parcel.feedLate;
  return (
    <div className="track-parcel" title={[parcel.carrier ? carrierName(parcel.carrier) : undefined, parcel.number, parcel.facility].filter(Boolean).join(' · ')}>
      <b translate="no">P{index + 1}</b>
      {isCounting && parcel.problem === null && (parcel.elapsedHours ?? 0) > (parcel.limitHours ?? 0) / 2 ? (
        <Limit elapsed={parcel.elapsedHours ?? 0} limit={parcel.limitHours ?? 1} />
      ) : (
        <span className="ow-clip">{parcel.feedLate ? t('order:track.feedLate') : (parcel.problem ?? parcel.statusLabel)}</span>
      )}
      <span>{[at ? formatTime(at, 'minute') : undefined, parcel.carrier ? carrierName(parcel.carrier) : undefined].filter(Boolean).join(' · ')}</span>
    </div>
  );
};

interface CardBodyProps {
  card: Card | undefined;
  parcels: readonly Parcel[];
  onRetry: () => void;
}

const CardBody = ({ card, parcels, onRetry }: CardBodyProps) => {
  const t = useText();
  const tone = card?.tone === 'problem' ? 'ow-red' : '';
  if (card?.status === UNREADABLE) {
    return (
      <>
        <div className="track-state ow-red">{card.label}</div>
        <Button compact onClick={onRetry}>
          {t('order:retry')}
        </Button>
      </>
    );
  }
  return (
    <>
      <div className={`track-state ${tone}`}>{card?.label ?? t('order:track.unknown')}</div>
      {parcels.slice(0, MOST_PARCELS).map((parcel, i) => (
        <ParcelLine key={parcel.id} parcel={parcel} index={i} />
      ))}
      {parcels.length > MOST_PARCELS ? <small>{t('order:track.moreParcels', { count: parcels.length - MOST_PARCELS })}</small> : null}
      {parcels.length === 0 && card ? (
        <>
          <small>{[card.since ? t('order:track.since', { when: formatTime(card.since, 'minute') }) : undefined, card.source].filter(Boolean).join(' · ')}</small>
          {card.limitHours !== null && card.elapsedHours !== null ? <Limit elapsed={card.elapsedHours} limit={card.limitHours} /> : card.detail ? <small>{card.detail}</small> : null}
        </>
      ) : null}
    </>
  );
};

interface TracksProps {
  tracks: readonly Card[];
  parcels: readonly Parcel[];
  onRetry: () => void;
}

export const trackId = (index: number): string => `track-${index}`;

/** Five tracks side by side, never one status: what is true in each, since when, and who said it. */
export const Tracks = ({ tracks, parcels, onRetry }: TracksProps) => {
  const t = useText();
  useShownZone();
  return (
    <div className="tracks">
      {names.map((name, i) => {
        const card = tracks.find((each) => each.track === name || each.track.startsWith(name.slice(0, 6)));
        return (
          <section key={name} className="track" id={trackId(i)} tabIndex={-1} aria-label={t(`order:track.${name}`)}>
            <h2>
              <Icon name={icons[name]} />
              {t(`order:track.${name}`)}
              <span className="ow-spacer" />
              {card?.disagrees ? (
                <Chip tone="blue" icon="unequal">
                  {t('order:track.disagree')}
                </Chip>
              ) : null}
              <Kbd hidden>{String(i + 1)}</Kbd>
            </h2>
            <CardBody card={card} parcels={name === 'shipment' ? parcels : []} onRetry={onRetry} />
          </section>
        );
      })}
    </div>
  );
};
