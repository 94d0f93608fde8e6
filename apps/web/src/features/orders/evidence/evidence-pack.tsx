import { Button, exactTime, formatTime } from '@orderwatch/ui';
import { useEffect, useRef, useState } from 'react';
import { carrierName } from '../../../shared/carriers';
import { dateText, money, zoneName } from '../../../shared/format';
import { useText } from '../../../shared/i18n';
import { PackTable } from '../../../shared/pack/pack-table';
import { useShownZone } from '../../../shared/zone';
import type { Order } from '../api';
import { heardText } from '../facts-table';
import { dayOf } from '../promise';
import { isTrack } from '../tracks';

interface EvidencePackProps {
  order: Order;
  /** Who reads it, and so prints it. */
  reader: string;
  onBack: () => void;
}

type Entry = Order['timeline'][number];

/** Every row by itself: on paper nothing can be opened. */
const all = (timeline: readonly Entry[]): Omit<Entry, 'folded'>[] => timeline.flatMap((row): Omit<Entry, 'folded'>[] => (row.folded ? [...row.folded] : [row]));

const minute = (at: string | null): string => (at === null ? '–' : formatTime(at, 'minute'));

/** Everything that is known of an order on paper, for a carrier's claims desk or a bank: who said it, when, in which delivery; as of when, and who printed it. */
export const EvidencePack = ({ order, reader, onBack }: EvidencePackProps) => {
  const t = useText();
  const { timeZone } = useShownZone();
  const sheet = useRef<HTMLDivElement>(null);
  // What had the keyboard has gone with the page it stood on.
  useEffect(() => sheet.current?.focus(), []);
  const trackName = (track: string): string => (isTrack(track) ? t(`order:track.${track}`) : track);
  const [openedAt] = useState(() => new Date());
  const asOf = order.knownAt ? t('order:pack.knownAt', { when: exactTime(order.knownAt) }) : t('order:pack.asOf', { when: exactTime(order.generatedAt) });
  return (
    <div className="pack-scroll" ref={sheet} tabIndex={0} role="group" aria-label={t('order:pack.title')}>
      <div className="pack-bar">
        <Button variant="primary" onClick={() => window.print()}>
          {t('order:pack.print')}
        </Button>
        <Button kbd="Esc" onClick={onBack}>
          {t('order:pack.back')}
        </Button>
      </div>
      <article className="pack" data-testid="evidence-pack">
        <header>
          <h1>{t('order:pack.heading', { name: order.name })}</h1>
          <p>
            <b>{asOf}</b>
          </p>
          <p>{t('order:pack.by', { name: reader, when: exactTime(openedAt), zone: zoneName(timeZone) })}</p>
          <p>
            {t('order:head.total')} {money(order.total)} · {t('order:head.placed')} {dateText(order.placedAt)} · {t('order:head.promised')} {order.promisedAt ? dayOf(order.promisedAt, order) : (order.promiseText ?? t('order:head.noDate'))}
            {order.customer?.name ? ` · ${order.customer.name}` : ''}
          </p>
          <p>{order.headline}</p>
        </header>
        <PackTable
          title={t('order:pack.tracks')}
          heads={[t('order:pack.track'), t('order:pack.state'), t('order:pack.since'), t('order:facts.source')]}
          rows={order.tracks.map((card) => ({ key: card.track, cells: [trackName(card.track), [card.label, card.detail].filter(Boolean).join(', '), minute(card.since), card.source ?? '–'] }))}
        />
        <PackTable
          title={t('order:pack.parcels')}
          heads={[t('order:pack.parcel'), t('order:pack.carrier'), t('order:pack.number'), t('order:pack.state'), t('order:pack.delivered')]}
          rows={order.parcels.map((parcel) => ({ key: parcel.id, cells: [parcel.label, parcel.carrier ? carrierName(parcel.carrier) : '–', parcel.number ?? '–', parcel.problem ?? parcel.statusLabel, minute(parcel.deliveredAt)] }))}
        />
        <PackTable
          title={t('order:pack.findings')}
          heads={[t('order:pack.what'), t('order:pack.since'), t('order:pack.state')]}
          rows={order.findings.map((finding) => ({ key: `${finding.rule}/${finding.subject}`, cells: [finding.ruleLabel, minute(finding.since), finding.reason] }))}
        />
        <PackTable
          title={t('order:pack.facts')}
          heads={[t('order:facts.fact'), t('order:facts.value'), t('order:facts.source'), t('order:facts.observed'), t('order:facts.received'), t('order:pack.event')]}
          rows={order.facts.map((fact) => ({
            key: `${fact.name}/${fact.source}/${fact.value}/${fact.eventId ?? ''}`,
            cells: [fact.name, fact.inUse ? fact.value : `${fact.value}, ${t('order:facts.notUsed')}`, fact.source, minute(fact.observedAt), heardText(t, fact), fact.eventId ?? '–'],
          }))}
        />
        <PackTable
          title={t('order:pack.timeline')}
          heads={[t('order:pack.happened'), t('order:pack.heard'), t('order:pack.what'), t('order:pack.who'), t('order:pack.event')]}
          rows={all(order.timeline).map((row) => ({
            key: row.id,
            cells: [minute(row.at), minute(row.receivedAt), [row.title, row.rawText ? `“${row.rawText}”` : null, row.detail].filter(Boolean).join(' · '), row.sourceLabel ?? row.actor ?? '–', row.inboxId ? `${row.id} (${row.inboxId})` : row.id],
          }))}
        />
      </article>
    </div>
  );
};
