import './stuck.css';
import { SplitView } from '@orderwatch/ui';
import { useElementSize } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useFreshness, useTopic } from '../../live';
import type { BulkVerb } from '../../shared/cases/bulk/bulk-dialog';
import { caseQuery } from '../../shared/cases/case-query';
import { HoldKeys } from '../../shared/hold-keys';
import { useText } from '../../shared/i18n';
import { useMe } from '../../shared/me';
import { PageFreshness } from '../../shared/page-freshness';
import { useShownClock } from '../../shared/shown-clock';
import { TopBar } from '../../shared/top-bar';
import { useInHand } from '../../shared/use-in-hand';
import { ChosenBar } from './chosen-bar';
import { exportStuck } from './export-stuck';
import { LateFeeds } from './late-feeds';
import { PlaceTree } from './place-tree';
import { placesOf } from './places';
import { placeOf, stuckSearch, type StuckSearch } from './search';
import { StuckBar } from './stuck-bar';
import { stuckColumns } from './stuck-columns';
import { StuckEmpty } from './stuck-empty';
import { StuckFoot } from './stuck-foot';
import { StuckList } from './stuck-list';
import { StuckPeek } from './stuck-peek';
import { casesOf, meant, useChosen } from './use-chosen';
import { usePlacesGrouping } from './use-places-grouping';
import { rowId, useStuck } from './use-stuck';
import { useStuckActs } from './use-stuck-acts';
import { useStuckCommands } from './use-stuck-commands';

const BulkDialog = lazy(async () => ({ default: (await import('../../shared/cases/bulk/bulk-dialog')).BulkDialog }));

/** Rests on a row before the address names it, milliseconds. */
const REST_MS = 400;

export const StuckPage = () => {
  useTopic('queue');
  useTopic('health');
  const t = useText();
  const me = useMe();
  const navigate = useNavigate();
  const router = useRouter();
  const address = useSearch({ strict: false });
  const search = useMemo(() => stuckSearch(address), [address]);
  const { now, isAbsolute } = useShownClock(60_000);
  const { ref, width } = useElementSize();
  const [focusedId, setFocusedId] = useState<string | null>(search.parcel ?? null);
  const [verb, setVerb] = useState<BulkVerb | null>(null);
  const hand = useInHand();
  const [hasChosen, setHasChosen] = useState(false);
  const list = useStuck({ search, focusedId, isFree: !hand.isInHand && !hasChosen });
  const chosen = useChosen(list.key, search);
  if (hasChosen !== chosen.ids.size > 0) setHasChosen(chosen.ids.size > 0);
  const { page, byId } = list;
  const { canDecide } = useFreshness(page?.generatedAt, list.error !== null);
  const places = useMemo(() => placesOf(page?.groups ?? []), [page]);
  const grouping = usePlacesGrouping(search, page);
  const isGrouped = grouping !== undefined;
  const columns = useMemo(() => stuckColumns({ width: (width || 900) - 30, clock: { now, isAbsolute }, meId: me.id, isGrouped, t }), [width, now, isAbsolute, me.id, isGrouped, t]);

  const latest = useRef(byId);
  useEffect(() => {
    latest.current = byId;
  });
  const rowIdsOf = useCallback((caseId: string) => [...latest.current.values()].filter((row) => row.caseId === caseId).map(rowId), []);
  const acts = useStuckActs(me, rowIdsOf);
  const row = focusedId === null ? undefined : byId.get(focusedId);
  const { data: found } = useQuery({ ...caseQuery(row?.caseId ?? ''), enabled: Boolean(row?.caseId) });
  const detail = row?.caseId ? found : null;

  const go = (next: StuckSearch, replace = false): void => void navigate({ to: '/stuck', search: next, replace, resetScroll: false });
  const { feedLate, group, parcel: _parcel, ...place } = search;
  const kept: StuckSearch = { ...(feedLate ? { feedLate } : {}), ...(group ? { group } : {}) };
  const toggleLate = (): void => go({ ...place, ...(group ? { group } : {}), ...(feedLate ? {} : { feedLate: true }) });
  const toggleGroup = (): void => go({ ...place, ...(feedLate ? { feedLate } : {}), ...(group ? {} : { group: 'none' }) });
  const exportNow = (): void => void exportStuck(search, columns.map(({ id }) => id), page?.total ?? 0);
  const goLater = useRef(go);
  useEffect(() => {
    goLater.current = go;
  });
  useEffect(() => {
    if (focusedId === null || focusedId === search.parcel || !byId.has(focusedId)) return;
    // On the way to another page or place it would end that way; there it is planned anew.
    const follow = (): void => {
      if (router.latestLocation.href === router.state.resolvedLocation?.href) goLater.current({ ...search, parcel: focusedId }, true);
    };
    const timer = setTimeout(follow, REST_MS);
    return () => clearTimeout(timer);
  }, [router, focusedId, search, byId]);

  const chosenRows = [...chosen.ids].flatMap((id) => byId.get(id) ?? []);
  const bulkRows = chosenRows.length > 0 ? chosenRows : row ? [row] : [];
  const bulkCases = casesOf(bulkRows);
  useStuckCommands({
    row, detail, acts, meId: me.id, hasSelection: chosenRows.length > 0, onMany: canDecide && (chosen.all !== null || bulkCases.length > 0) ? setVerb : undefined,
    onApply: list.held.apply, onToggleLate: toggleLate, onToggleGroup: toggleGroup, onExport: exportNow,
  });
  const open = (id: string): void => {
    const opened = byId.get(id);
    if (opened) void navigate({ to: '/orders/$orderId', params: { orderId: opened.orderId } });
  };
  const unknown = page?.unknown ?? 0;
  // What is unknown stands in the list and is never meant: of it nobody knows whether it is stuck.
  const stuckHere = Math.max(0, (page?.total ?? 0) - (feedLate ? unknown : 0));
  const isAllShown = list.held.order.every((id) => chosen.ids.has(id) || list.goneIds.has(id));
  const isPlaced = group !== 'none' && search.facility === undefined;
  const legName = page?.groups.flatMap((each) => each.lanes).find((each) => each.lane === search.lane)?.label ?? search.lane;
  const peeked = acts.isPeekOpen ? row : undefined;
  return (
    <>
      <TopBar title={t('stuck:title')} freshness={<PageFreshness generatedAt={page?.generatedAt} isFailed={list.error !== null} />} />
      <div className="st" data-peek={peeked ? true : undefined}>
        <PlaceTree places={places} current={placeOf(search)} isKnown={page !== undefined} onPick={(picked) => go({ ...kept, ...picked })} />
        <SplitView peek={peeked ? <StuckPeek row={peeked} detail={detail} acts={acts} panel={acts.panel} /> : undefined}>
          <StuckBar search={search} page={page} legName={legName} onToggleLate={toggleLate} onToggleGroup={toggleGroup} onClearPlace={() => go(kept)} onExport={exportNow} />
          <LateFeeds feeds={page?.lateFeeds ?? []} isShown={feedLate ?? false} onToggle={toggleLate} />
          <StuckList
            list={list}
            acts={acts}
            chosen={chosen}
            hand={hand}
            columns={columns}
            grouping={grouping}
            label={`${t('stuck:title')}: ${t(isPlaced ? 'stuck:bar.byPlace' : 'stuck:bar.worst')}`}
            quiet={unknown > 0 && !feedLate ? t('stuck:pill.late', { count: unknown }) : t('stuck:pill.quiet')}
            focusedId={focusedId}
            onFocus={setFocusedId}
            onOpen={open}
            bodyRef={ref}
            empty={<StuckEmpty list={list} search={search} onClear={() => go(kept)} />}
          />
          <ChosenBar
            rows={chosenRows.length}
            without={chosenRows.filter((each) => !each.caseId || each.feedLate).length}
            all={chosen.all}
            onAll={stuckHere > chosenRows.filter((each) => !each.feedLate).length && isAllShown ? () => void chosen.selectAll() : undefined}
            total={stuckHere}
            reason={canDecide ? undefined : t('queue:bulk.refresh')}
            onVerb={setVerb}
            onClear={chosen.clear}
          />
          <StuckFoot page={page} isLateShown={feedLate ?? false} />
        </SplitView>
        {verb ? (
          <Suspense fallback={<HoldKeys />}>
            <BulkDialog verb={verb} selected={meant(bulkRows, chosen)} rows={bulkCases.map((id) => ({ id, rule: 'no_movement' }))} me={me} onClose={() => setVerb(null)} />
          </Suspense>
        ) : null}
      </div>
    </>
  );
};
