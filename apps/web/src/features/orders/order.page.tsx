import './order.css';
import { Button, EmptyState, ErrorBar, Icon, Kbd, SkeletonRows, Timeline } from '@orderwatch/ui';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useRouter } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { RemedyKind } from '../../gql';
import { useTopic } from '../../live';
import { useAnnounced } from '../../shared/announce';
import { ChoicePanel, NotePanel, SnoozePanel } from '../../shared/cases/act-panel';
import { allowance } from '../../shared/cases/types';
import { useCaseActions } from '../../shared/cases/use-case-actions';
import { zoneName } from '../../shared/format';
import { RequestError } from '../../shared/graphql';
import { useGlobalKeys } from '../../shared/keys';
import { useMe } from '../../shared/me';
import { lanesOf, timelineItems, unfold } from '../../shared/orders/timeline-items';
import { PageFreshness } from '../../shared/page-freshness';
import { TopBar } from '../../shared/top-bar';
import { orderQuery } from './api';
import { OrderHead, type Panel } from './order-head';
import { ProposeDialog } from './propose-dialog';
import { RawPanel } from './raw-panel';
import { Side } from './side';
import { trackId, Tracks } from './tracks';
import { useNeighbours } from './use-neighbours';

/** Leads into the timeline from anywhere else; inside it, its own keys hold. */
const enterTimeline = (onEntered: (id: string) => void): void => {
  if (document.activeElement?.closest('.ow-tl')) return;
  const row = document.querySelector<HTMLElement>('.ow-tl [data-item][tabindex="0"]');
  row?.focus();
  if (row?.dataset['item']) onEntered(row.dataset['item']);
};

export const OrderPage = () => {
  const { orderId = '' }: { orderId?: string } = useParams({ strict: false });
  return <OrderView key={orderId} orderId={orderId} />;
};

const OrderView = ({ orderId }: { orderId: string }) => {
  useTopic(`order:${orderId}`);
  const me = useMe();
  const navigate = useNavigate();
  const router = useRouter();
  const { data: order, error, isPending, refetch } = useQuery(orderQuery(orderId));
  const actions = useCaseActions(me);
  const near = useNeighbours(orderId);
  const said = useAnnounced();
  const [panel, setPanel] = useState<Panel>(null);
  const [proposing, setProposing] = useState<RemedyKind | null>(null);
  const [currentId, setCurrentId] = useState<string | null>(null);
  const [laneFilter, setLaneFilter] = useState<string | null>(null);
  const [openFolds, setOpenFolds] = useState<ReadonlySet<string>>(new Set());
  const entries = useMemo(() => (order ? unfold(order.timeline, openFolds) : []), [order, openFolds]);
  const toggleFold = (id: string): void => setOpenFolds((open) => (open.has(id) ? new Set([...open].filter((each) => each !== id)) : new Set([...open, id])));
  const items = useMemo(
    () =>
      timelineItems(entries, order?.parcels ?? []).map((item) =>
        item.kind === 'fold'
          ? {
              ...item,
              action: (
                <button type="button" className="ow-link" tabIndex={-1} aria-expanded={openFolds.has(item.id)} onClick={() => toggleFold(item.id)}>
                  {openFolds.has(item.id) ? 'Hide' : 'Show'}
                </button>
              ),
            }
          : item,
      ),
    [entries, order?.parcels, openFolds],
  );
  const lanes = useMemo(() => lanesOf(order?.parcels ?? [], items.some((item) => item.lanes.includes('return'))), [order, items]);
  const shown = laneFilter === null ? items : items.filter((item) => item.lanes.some((lane) => (laneFilter === 'parcels' ? lane.startsWith('P') : lane === laneFilter)));
  const row = order?.case?.row;
  const may = (action: string): boolean => allowance(order?.case?.allowedActions, action)?.allowed ?? false;
  const goTo = (id: string | undefined): void => {
    if (id) void navigate({ to: '/orders/$orderId', params: { orderId: id } });
  };
  useGlobalKeys({
    ...Object.fromEntries([0, 1, 2, 3, 4].map((i) => [String(i + 1), () => document.getElementById(trackId(i))?.focus()])),
    '[': () => goTo(near?.previous),
    ']': () => goTo(near?.next),
    i: () => setPanel('raw'),
    j: () => enterTimeline(setCurrentId),
    k: () => enterTimeline(setCurrentId),
    Escape: () => (panel ? setPanel(null) : router.history.back()),
    c: () => row && may('claim') && actions.mutate({ kind: 'claim', row }),
    C: () => row && may('release') && actions.mutate({ kind: 'release', row }),
    h: () => may('snooze') && setPanel('snooze'),
    e: () => may('resolve') && setPanel('resolve'),
    E: () => may('reopen') && setPanel('reopen'),
    m: () => may('note') && setPanel('note'),
  });

  const head = (
    <>
      <h1>
        <Link to="/queue" className="ow-crumb" aria-label="Back to Exceptions">
          <Icon name="left" />
          Exceptions
        </Link>
      </h1>
      {near ? (
        <span className="order-near">
          {near.position} of {near.total} <Kbd>[</Kbd>
          <Kbd>]</Kbd>
        </span>
      ) : null}
    </>
  );
  const top = <TopBar title={order?.name ?? 'Order'} head={head} freshness={<PageFreshness generatedAt={order?.generatedAt} isFailed={error !== null} />} />;
  if (isPending) {
    return (
      <>
        {top}
        <SkeletonRows rows={12} rowHeight={40} />
      </>
    );
  }
  if (!order) {
    return (
      <>
        {top}
        <EmptyState kind={error instanceof RequestError && error.kind === 'forbidden' ? 'forbidden' : 'nothing'} title={error ? 'The order could not be read' : 'There is no such order'} action={<Button onClick={() => void refetch()}>Try again</Button>}>
          {error?.message ?? 'It may belong to a shop that you cannot see.'}
        </EmptyState>
      </>
    );
  }
  const entry = entries.find((each) => each.id === currentId);
  const close = (): void => setPanel(null);
  return (
    <div className="order">
      {top}
      {error ? <ErrorBar onRetry={() => void refetch()}>The order could not be refreshed: {error.message} What you see is from before.</ErrorBar> : null}
      <OrderHead order={order} meId={me.id} actions={actions} onPanel={setPanel} />
      <Tracks tracks={order.tracks} parcels={order.parcels} />
      <div className="order-body">
        <section className="order-line" aria-labelledby="timeline-title">
          <div className="ow-bar">
            <h2 id="timeline-title">Timeline</h2>
            {['all', 'parcels', 'payment'].map((lane) => {
              const isOn = (laneFilter ?? 'all') === lane;
              return (
                <button key={lane} type="button" className="ow-filter" aria-pressed={isOn} onClick={() => setLaneFilter(lane === 'all' ? null : lane)}>
                  {isOn ? <b>{lane === 'all' ? 'Everything' : lane === 'parcels' ? 'Parcels' : 'Payment'}</b> : lane === 'all' ? 'Everything' : lane === 'parcels' ? 'Parcels' : 'Payment'}
                </button>
              );
            })}
            <span className="ow-filter order-zone">
              Zone <b>{zoneName()}</b>
            </span>
            <span className="ow-spacer" />
            <span className={`ow-small ${said.tone === 'assertive' ? 'ow-red' : 'ow-dim'}`}>{said.text}</span>
            <span className="order-hints ow-dim ow-small">
              <span>
                <Kbd>J</Kbd> <Kbd>K</Kbd> move
              </span>
              <span>
                <Kbd>I</Kbd> raw
              </span>
            </span>
          </div>
          <Timeline
            label={`Timeline of order ${order.name}`}
            lanes={lanes}
            items={shown}
            heads={{ when: 'When', what: 'What happened', who: 'Who said it' }}
            currentId={currentId}
            onCurrentChange={setCurrentId}
            onOpen={(id) => {
              setCurrentId(id);
              if (entries.find((each) => each.id === id)?.kind === 'folded') toggleFold(id);
              else setPanel('raw');
            }}
          />
        </section>
        <aside className="order-side" aria-label="Actions and facts">
          {panel === 'raw' ? (
            <RawPanel inboxId={entry?.inboxId ?? null} isNothingChosen={!entry} onClose={close} />
          ) : (
            <>
              {panel && row ? (
                <div className="order-panel">
                  {panel === 'resolve' ? (
                    <ChoicePanel
                      title={`Resolve ${row.number} as`}
                      choices={order.case?.outcomes ?? []}
                      noteLabel="Note, if one is needed"
                      onPick={(id, note) => {
                        const label = order.case?.outcomes.find((outcome) => outcome.id === id)?.label ?? id;
                        actions.mutate({ kind: 'resolve', row, outcome: id, outcomeLabel: label, note: note || undefined });
                        close();
                      }}
                      onCancel={close}
                    />
                  ) : panel === 'snooze' ? (
                    <SnoozePanel
                      onPick={(until) => {
                        actions.mutate({ kind: 'snooze', row, until });
                        close();
                      }}
                      onCancel={close}
                    />
                  ) : (
                    <NotePanel
                      title={panel === 'note' ? `Note on ${row.number}` : `Reopen ${row.number}`}
                      label={panel === 'note' ? 'What the next person should know' : 'Why it is not settled'}
                      action={panel === 'note' ? 'Add note' : 'Reopen'}
                      onDone={(text) => {
                        actions.mutate(panel === 'note' ? { kind: 'note', row, text } : { kind: 'reopen', row, reason: text });
                        close();
                      }}
                      onCancel={close}
                    />
                  )}
                </div>
              ) : null}
              <Side order={order} meId={me.id} onPropose={setProposing} />
            </>
          )}
        </aside>
      </div>
      {proposing ? <ProposeDialog order={order} kind={proposing} onClose={() => setProposing(null)} /> : null}
    </div>
  );
};
