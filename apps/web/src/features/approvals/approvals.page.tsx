import './approvals.css';
import { BulkBar, SplitView, useNow } from '@orderwatch/ui';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useState } from 'react';
import { useFreshness, useTopic } from '../../live';
import { useRowMenu } from '../../shared/commands';
import { useText } from '../../shared/i18n';
import { useLiveStatus } from '../../shared/live-status';
import { useMe } from '../../shared/me';
import { PageFreshness } from '../../shared/page-freshness';
import { TopBar } from '../../shared/top-bar';
import { useInHand } from '../../shared/use-in-hand';
import { useRowFocus } from '../../shared/use-row-focus';
import { ApprovalsList } from './approvals-list';
import { Arrangements } from './arrangements';
import { CallBackBar, HoldStrip, isHeld } from './decide/call-back';
import { DecideBar } from './decide/decide-bar';
import { LateBatch, LateEdit } from './late-dialogs';
import { RemedyPanel } from './panel/remedy-panel';
import { delegationsQuery, type Delegation } from './stand-ins/stand-in-api';
import { SteadBanner } from './stand-ins/stead-banner';
import { SignInAgain } from './decide/sign-in-again';
import { useApprovalActs } from './use-approval-acts';
import { useApprovalCommands } from './use-approval-commands';
import { useEvidence } from './panel/use-evidence';
import { tabOf, useInbox, type Inbox } from './use-inbox';
import { isUnseen } from './words';

const isWide = (): boolean => window.matchMedia('(min-width: 900px)').matches;

const nobody: ReadonlySet<string> = new Set();
const noDelegations: readonly Delegation[] = [];
/** Of what waits, the most likely first; a house with nothing waiting has euros. */
const currenciesOf = (page: Inbox['data']): string[] => [...new Set([...(page ? [...page.forMe, ...page.waitingForOthers, ...page.decided] : []).flatMap(({ amount }) => amount?.currency ?? []), 'EUR'])];

/** States in which a person has something to do. */
const actable: readonly string[] = ['proposed', 'failed', 'needs_human'];

export const ApprovalsPage = () => {
  useTopic('approvals');
  const t = useText();
  const me = useMe();
  const search = useSearch({ strict: false }) as { tab?: unknown; item?: unknown };
  const tab = tabOf(search.tab);
  const { offsetMs } = useLiveStatus();
  const now = useNow(1000) + offsetMs;
  const [picked, setPicked] = useState<{ tab: string; id: string | null }>({ tab, id: typeof search.item === 'string' ? search.item : null });
  const [isBusyHere, setBusyHere] = useState(false);
  const hand = useInHand();
  const focusedId = picked.tab === tab ? picked.id : null;
  const inbox = useInbox({ tab, meId: me.id, focusedId, isFree: !hand.isInHand && !isBusyHere });
  const fresh = useFreshness(inbox.data?.generatedAt, inbox.error !== null);
  const setFocusedId = useCallback((id: string | null): void => setPicked({ tab, id }), [tab]);
  const remedy = focusedId === null ? undefined : inbox.byId.get(focusedId);
  const evidence = useEvidence(remedy);
  const focusRow = useRowFocus();
  const acts = useApprovalActs(remedy, focusRow);
  if (isBusyHere !== (acts.mode !== null)) setBusyHere(acts.mode !== null);

  const first = inbox.held.order[0];
  useEffect(() => {
    if (focusedId === null && first !== undefined && isWide()) setFocusedId(first);
  }, [focusedId, first, setFocusedId]);

  const step = (by: number): boolean => {
    if (document.activeElement?.closest('.ow-grid')) return false;
    const at = focusedId === null ? -1 : inbox.held.order.indexOf(focusedId);
    const id = inbox.held.order[Math.min(Math.max(0, at + by), inbox.held.order.length - 1)];
    if (id === undefined) return false;
    setFocusedId(id);
    focusRow();
    return true;
  };
  const { data: delegations = noDelegations } = useQuery(delegationsQuery);
  const isManager = me.role === 'manager';
  // Who stands in for a manager is shown what a manager is.
  const decides = isManager || delegations.some(({ state, delegate }) => state === 'active' && delegate.id === me.id);
  const [selected, setSelected] = useState(nobody);
  const [isTogether, setTogether] = useState(false);
  const chosen = tab === 'for-me' && isManager ? inbox.held.order.filter((id) => selected.has(id) && !inbox.goneIds.has(id)).flatMap((id) => inbox.byId.get(id) ?? []) : [];
  const clear = (): void => setSelected(nobody);
  useApprovalCommands({
    remedy, isManager: decides, canDecide: fresh.canDecide, isOld: acts.isOld, now,
    onMode: acts.setMode, onCallBack: () => remedy && acts.run(remedy, { kind: 'call_back' }), onStep: step, onApply: inbox.held.apply, onEvidence: evidence.next,
    onBatch: chosen.length > 0 ? () => setTogether(true) : undefined,
  });
  const rowMenu = useRowMenu();
  const held = [...inbox.byId.values()].filter((each) => isHeld(each, now));
  const bar =
    remedy === undefined ? undefined : isHeld(remedy, now) ? (
      <CallBackBar remedy={remedy} isBusy={acts.isBusy} onCallBack={() => acts.run(remedy, { kind: 'call_back' })} />
    ) : actable.includes(remedy.state) || isUnseen(remedy) ? (
      <DecideBar remedy={remedy} isManager={decides} mode={acts.mode} onMode={acts.setMode} onAct={(act) => acts.run(remedy, act)} isBusy={acts.isBusy} canDecide={fresh.canDecide} isOld={acts.isOld} opened={evidence.count} />
    ) : undefined;

  return (
    <>
      <TopBar
        title={t('approvals:title')}
        freshness={<PageFreshness generatedAt={inbox.data?.generatedAt} isFailed={inbox.error !== null} />}
        buttons={isManager ? <Arrangements meId={me.id} cohorts={inbox.data?.cohorts ?? []} currencies={currenciesOf(inbox.data)} delegations={delegations} /> : undefined}
      />
      <SplitView
        peekWidth={544}
        peek={
          remedy ? (
            <RemedyPanel
              key={remedy.id}
              remedy={remedy}
              meId={me.id}
              isForMe={inbox.forMe.has(remedy.id)}
              evidence={evidence}
              changes={acts.changes}
              onRead={acts.onRead}
              refused={acts.refused}
              onDismiss={acts.dismiss}
              actions={bar}
            />
          ) : null
        }
      >
        <ApprovalsList tab={tab} meId={me.id} inbox={inbox} fresh={fresh} hand={hand} focusedId={focusedId} onFocus={setFocusedId} rowMenu={rowMenu} selected={isManager && tab === 'for-me' ? selected : undefined} onSelected={setSelected}>
          <SteadBanner delegations={delegations} meId={me.id} />
          {held.map((each) => (
            <HoldStrip key={each.id} remedy={each} isBusy={acts.isBusy} onCallBack={() => acts.run(each, { kind: 'call_back' })} />
          ))}
          {chosen.length > 0 ? (
            <BulkBar
              label={t('approvals:batch.with')}
              summary={t('approvals:batch.chosen', { count: chosen.length })}
              actions={[{ id: 'approve', label: t('approvals:batch.open', { count: chosen.length }), onPress: () => setTogether(true), reason: fresh.canDecide ? undefined : t('approvals:bar.stale') }]}
              clearLabel={t('approvals:batch.clear')}
              onClear={clear}
            />
          ) : null}
        </ApprovalsList>
      </SplitView>
      {isTogether ? (
        <LateBatch
          chosen={chosen}
          barred={fresh.canDecide ? undefined : t('approvals:bar.stale')}
          onDone={() => {
            clear();
            setTogether(false);
          }}
          onClose={() => setTogether(false)}
        />
      ) : null}
      {acts.needsSignIn === null ? null : <SignInAgain why={acts.needsSignIn} onDone={acts.closeSignIn} onClose={acts.closeSignIn} />}
      {remedy && acts.mode === 'edit' ? <LateEdit key={remedy.id} remedy={remedy} refusal={acts.refused} isBusy={acts.isBusy} onDone={(content) => acts.run(remedy, { kind: 'edit', content })} onClose={() => acts.setMode(null)} /> : null}
    </>
  );
};
