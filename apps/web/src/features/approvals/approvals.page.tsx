import './approvals.css';
import { Button, Chip, EmptyState, ErrorBar, GridFooter, PendingPill, QueueGrid, SkeletonRows, SplitView, StaleBand, Tabs, useNow } from '@orderwatch/ui';
import { useElementSize } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { useFreshness, useTopic } from '../../live';
import { useAnnounced } from '../../shared/announce';
import { RequestError, newMutationId } from '../../shared/graphql';
import { useGlobalKeys } from '../../shared/keys';
import { useLiveStatus } from '../../shared/live-status';
import { useMe } from '../../shared/me';
import { PageFreshness } from '../../shared/page-freshness';
import { TopBar } from '../../shared/top-bar';
import { useInHand } from '../../shared/use-in-hand';
import { useDecide, type Remedy } from './api';
import { DecideBar, HoldStrip, isHeld, type Mode } from './decide-bar';
import { footLine, remedyColumns } from './remedy-columns';
import { RemedyPanel } from './remedy-panel';
import { tabOf, tabs, useInbox } from './use-inbox';
import { stateTone, stateWord } from './words';

const ROW = 52;
const isWide = (): boolean => window.matchMedia('(min-width: 900px)').matches;
const focusRow = (id: string | null): void => {
  if (id !== null) requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-row-id="${CSS.escape(id)}"]`)?.focus());
};

export const ApprovalsPage = () => {
  useTopic('approvals');
  const me = useMe();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { tab?: unknown; item?: unknown };
  const tab = tabOf(search.tab);
  const said = useAnnounced();
  const { offsetMs } = useLiveStatus();
  const now = useNow(1000);
  const { ref, width } = useElementSize();
  const [picked, setPicked] = useState<{ tab: string; id: string | null }>({ tab, id: typeof search.item === 'string' ? search.item : null });
  const [mode, setMode] = useState<{ id: string; mode: Mode }>({ id: '', mode: null });
  const [refused, setRefused] = useState<{ id: string; text: string } | null>(null);
  const hand = useInHand();
  const focusedId = picked.tab === tab ? picked.id : null;
  const inbox = useInbox({ tab, focusedId, isFree: !hand.isInHand && mode.mode === null });
  const fresh = useFreshness(inbox.data?.generatedAt, inbox.error !== null);
  const setFocusedId = (id: string | null): void => setPicked({ tab, id });

  const decide = useDecide(({ remedyId, refused: text }) => {
    setRefused(text === undefined ? null : { id: remedyId, text });
    setMode({ id: '', mode: null });
    focusRow(focusedId);
  });
  const first = inbox.held.order[0];
  useEffect(() => {
    if (focusedId === null && first !== undefined && isWide()) setPicked({ tab, id: first });
  }, [focusedId, first, tab]);

  const remedy = focusedId === null ? undefined : inbox.byId.get(focusedId);
  const modeNow: Mode = remedy && mode.id === remedy.id ? mode.mode : null;
  const openMode = (next: Mode): void => {
    if (!remedy) return;
    setMode({ id: remedy.id, mode: next });
    if (next === null) focusRow(remedy.id);
  };
  const step = (by: number): void => {
    if (document.activeElement?.closest('.ow-grid')) return;
    const at = focusedId === null ? -1 : inbox.held.order.indexOf(focusedId);
    const id = inbox.held.order[Math.min(Math.max(0, at + by), inbox.held.order.length - 1)];
    if (id === undefined) return;
    setFocusedId(id);
    focusRow(id);
  };
  useGlobalKeys({ a: () => openMode('approve'), d: () => openMode('decline'), j: () => step(1), k: () => step(-1), '.': inbox.held.apply });

  const columns = useMemo(() => remedyColumns({ meId: me.id, width: width || 700, isDecided: tab === 'decided', now: Math.floor(now / 60_000) * 60_000 }), [me.id, width, tab, now]);
  const held = inbox.data?.decided.concat(inbox.data.waitingForOthers, inbox.data.forMe).filter((each) => isHeld(each, now + offsetMs)) ?? [];
  const view = tabs.find((each) => each.id === tab) ?? tabs[0];
  const others = inbox.data?.waitingForOthers.length ?? 0;
  const goneCell = (row: Remedy, column: string) => (column === 'policy' ? <Chip tone={stateTone(row.state)}>{stateWord(row, me.id, inbox.forMe.has(row.id))}</Chip> : undefined);

  return (
    <>
      <TopBar title="Approvals" freshness={<PageFreshness generatedAt={inbox.data?.generatedAt} isFailed={inbox.error !== null} />} />
      <SplitView
        peekWidth={544}
        peek={
          remedy ? (
            <RemedyPanel
              key={remedy.id}
              remedy={remedy}
              meId={me.id}
              isForMe={inbox.forMe.has(remedy.id)}
              refused={refused?.id === remedy.id ? refused.text : undefined}
              onDismiss={() => setRefused(null)}
              actions={
                remedy.state === 'proposed' || remedy.state === 'failed' ? (
                  <DecideBar key={remedy.revision} remedy={remedy} mode={modeNow} onMode={openMode} onDecide={decide.mutate} isBusy={decide.isPending} canDecide={fresh.canDecide} />
                ) : undefined
              }
            />
          ) : null
        }
      >
        <Tabs
          label="Approvals"
          items={tabs.map(({ id, label, field }) => ({ id, label, count: inbox.data?.[field].length }))}
          value={tab}
          onChange={(id) => void navigate({ to: '/approvals', search: { tab: id }, resetScroll: false })}
        />
        <PendingPill pending={inbox.held.pending} onApply={inbox.held.apply} quiet={tab === 'decided' ? 'Newest first' : 'Customer waiting longest first'} />
        {held.map((each) => (
          <HoldStrip key={each.id} remedy={each} isBusy={decide.isPending} onTakeBack={() => decide.mutate({ kind: 'take-back', remedy: each, mutationId: newMutationId() })} />
        ))}
        {inbox.error && inbox.data ? (
          <ErrorBar onRetry={inbox.refetch} reference={inbox.error instanceof RequestError ? inbox.error.requestId : undefined}>
            The list could not be refreshed: {inbox.error.message} What you see is from before.
          </ErrorBar>
        ) : null}
        <StaleBand since={fresh.staleSince} note={fresh.state === 'offline' ? 'You can read.' : 'You can read. Refresh to approve.'}>
          <div className="ap-list-body" ref={ref} {...hand.handlers}>
            {inbox.isPending ? (
              <SkeletonRows rows={8} rowHeight={ROW} />
            ) : (
              <QueueGrid
                label={`Approvals, ${view.label.toLowerCase()}`}
                order={inbox.held.order}
                rowsById={inbox.byId}
                columns={columns}
                focusedId={focusedId}
                onFocusChange={setFocusedId}
                goneIds={inbox.goneIds}
                renderGone={goneCell}
                onRowPointerDown={inbox.held.onRowPointerDown}
                rowHeight={ROW}
                empty={
                  inbox.error && !inbox.data ? (
                    <EmptyState kind="nothing" title="The inbox could not be read" action={<Button onClick={inbox.refetch}>Try again</Button>}>
                      {inbox.error.message}
                    </EmptyState>
                  ) : (
                    <EmptyState kind="nothing" title={view.empty}>
                      {tab === 'for-me' && others > 0 ? `${others} wait${others === 1 ? 's' : ''} for others. ` : null}New proposals appear here by themselves.
                    </EmptyState>
                  )
                }
              />
            )}
          </div>
        </StaleBand>
        <GridFooter hints={[{ keys: ['J', 'K'], label: 'move' }, { keys: ['A'], label: 'approve' }, { keys: ['D'], label: 'decline' }, { keys: ['?'], label: 'all keys' }]}>
          {said.text ? <span className={said.tone === 'assertive' ? 'ow-red' : undefined}>{said.text}</span> : footLine(inbox.held.order.length)}
        </GridFooter>
      </SplitView>
    </>
  );
};
