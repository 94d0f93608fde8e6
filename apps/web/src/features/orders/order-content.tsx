import { StaleBand } from '@orderwatch/ui';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { RemedyKind } from '../../gql';
import { useFreshness, usePresence } from '../../live';
import { announce, useAnnounced } from '../../shared/announce';
import { caseQuery } from '../../shared/cases/case-query';
import { useCaseActions } from '../../shared/cases/use-case-actions';
import { useLease } from '../../shared/cases/use-lease';
import { useText } from '../../shared/i18n';
import { useMe } from '../../shared/me';
import type { Order } from './api';
import { KnownPicker } from './as-known';
import { CaseForms } from './case-forms';
import { EvidencePack } from './evidence/evidence-pack';
import { FactsTable } from './facts-table';
import { earlierThan, laterThan } from './instants';
import { OrderHead } from './order-head';
import { doingOf, type Panel } from './panels';
import { ProposeDialog } from './propose-dialog';
import { RawPanel } from './raw/raw-panel';
import { Side } from './side';
import { TimelinePane } from './timeline-pane';
import { Tracks } from './tracks';
import { useHeldTimeline } from './use-held-timeline';
import type { Neighbours } from './use-neighbours';
import { useNextOrder } from './use-next-order';
import type { OrderAddress } from './use-order-address';
import { useOrderCommands } from './use-order-commands';

interface OrderContentProps {
  order: Order;
  /** The order as it is now, whichever instant is shown. */
  live: Order | undefined;
  instants: readonly number[];
  address: OrderAddress;
  near: Neighbours | undefined;
  isFailed: boolean;
  onRetry: () => void;
}

/** When a sheet that took the place of the page goes, the keyboard is back on the timeline. */
const useKeyboardBack = (isCovered: boolean): void => {
  const wasCovered = useRef(isCovered);
  useEffect(() => {
    if (wasCovered.current && !isCovered) document.querySelector<HTMLElement>('.ow-tl [tabindex="0"]')?.focus();
    wasCovered.current = isCovered;
  }, [isCovered]);
};

/** One order: who, what is true in each track, what happened, what can be done. */
export const OrderContent = ({ order, live, instants, address, near, isFailed, onRetry }: OrderContentProps) => {
  const t = useText();
  const me = useMe();
  const isPast = address.at !== null;
  const current = live ?? order;
  const { data } = useQuery({ ...caseQuery(current.case?.row.id ?? ''), enabled: current.case !== null, placeholderData: current.case });
  // The page and the case are read by themselves: what is shown is the newer of both.
  const item = current.case && data && data.row.version >= current.case.row.version ? data : (current.case ?? undefined);
  const row = item?.row;
  const fresh = useFreshness(current.generatedAt, isFailed);
  const isOffline = fresh.state === 'offline';
  const actions = useCaseActions(me);
  const next = useNextOrder();
  const said = useAnnounced();
  const held = useHeldTimeline(order.timeline, me.name);
  const [panel, setPanel] = useState<Panel>(null);
  const [proposing, setProposing] = useState<RemedyKind | null>(null);
  const [currentId, setCurrentId] = useState<string | null>(null);
  const [factInbox, setFactInbox] = useState<string | null>(null);
  const [isPicking, setPicking] = useState(false);
  const [isInForm, setInForm] = useState(false);
  const cameFrom = useRef<Element | null>(null);
  usePresence(order.id, doingOf(panel, proposing));
  useLease(row, me.id, !isOffline, useCallback((_id: string, why: string) => announce(why, 'assertive'), []));

  const show = (to: Panel): void => {
    if (panel === null && to !== null) cameFrom.current = document.activeElement;
    setPanel(to);
    if (to !== null) return;
    setFactInbox(null);
    const from = cameFrom.current;
    // Back where the keyboard was, never to nowhere.
    requestAnimationFrame(() => (from instanceof HTMLElement && from.isConnected && from !== document.body ? from : document.querySelector<HTMLElement>('.ow-tl [tabindex="0"]'))?.focus());
  };
  const showFact = useCallback((inboxId: string): void => {
    cameFrom.current = document.activeElement;
    setFactInbox(inboxId);
    setPanel('raw');
  }, []);
  const ms = address.at === null ? null : Date.parse(address.at);
  useOrderCommands({
    orderId: order.id, item, row, actions, panel, onPanel: show, address, near, next, isOffline,
    onRaw: () => {
      setFactInbox(null);
      show('raw');
    },
    onLine: setCurrentId,
    onKnown: () => setPicking(true),
    onApply: held.apply,
    steps: { earlier: earlierThan(instants, ms), later: ms === null ? undefined : laterThan(instants, ms) },
  });
  useKeyboardBack(address.show === 'evidence');
  if (address.show === 'evidence') return <EvidencePack order={order} reader={me.name} onBack={() => address.showInstead(null)} />;
  const entries = held.rows.flatMap((each) => [each, ...(each.folded ?? [])]);
  const entry = entries.find((each) => each.id === currentId);
  const picker = <KnownPicker at={address.at} moments={current.moments} isOpen={isPicking} onOpenChange={setPicking} onPick={address.lookAt} />;
  return (
    <>
      <OrderHead order={order} row={row} meId={me.id} isPast={isPast} />
      <Tracks tracks={order.tracks} parcels={order.parcels} onRetry={onRetry} />
      <StaleBand since={fresh.staleSince}>
        <div className="order-body">
          {address.show === 'facts' ? (
            <section className="order-line" aria-labelledby="facts-title">
              <div className="ow-bar">
                <h2 id="facts-title">{t('order:facts.title')}</h2>
                {picker}
                <button type="button" className="ow-filter" onClick={() => address.showInstead(null)}>
                  {t('order:line.title')}
                </button>
              </div>
              <FactsTable order={order} onRaw={showFact} />
            </section>
          ) : (
            <TimelinePane
              order={order}
              held={held}
              currentId={currentId}
              onCurrent={setCurrentId}
              onRaw={() => show('raw')}
              picker={picker}
              said={<span className={`ow-small ${said.tone === 'assertive' ? 'ow-red' : 'ow-dim'}`}>{said.text}</span>}
            />
          )}
          <aside className="order-side" aria-label={t('order:side.label')}>
            {panel === 'raw' ? (
              <RawPanel inboxId={factInbox ?? entry?.inboxId ?? null} isNothingChosen={!entry && factInbox === null} onClose={() => show(null)} />
            ) : (
              <>
                {panel && item ? (
                  // While the keyboard is in the form, its digits and letters choose there and mean nothing else.
                  <div className="order-panel" data-escape="" data-listening={isInForm} onFocus={() => setInForm(true)} onBlur={() => setInForm(false)}>
                    <CaseForms item={item} me={me} panel={panel} actions={actions} isOffline={isOffline} onClose={() => show(null)} />
                  </div>
                ) : null}
                <Side order={order} meId={me.id} isPast={isPast} mayClaim={me.role !== 'admin'} barred={isOffline ? t('order:offline.why') : undefined} onPropose={setProposing} onAllFacts={address.show === 'facts' ? undefined : () => address.showInstead('facts')} />
              </>
            )}
          </aside>
        </div>
      </StaleBand>
      {proposing ? <ProposeDialog order={order} kind={proposing} onClose={() => setProposing(null)} /> : null}
    </>
  );
};
