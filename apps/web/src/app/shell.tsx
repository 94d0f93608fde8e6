import { AppFrame, Kbd } from '@orderwatch/ui';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { signOut } from '../features/session/api';
import { RailCountsDocument } from '../gql';
import { useLiveConnection } from '../live';
import { forgetActivity } from '../shared/activity';
import { useCommandKeys } from '../shared/commands';
import { execute, onSignedOut } from '../shared/graphql';
import { HoldKeys } from '../shared/hold-keys';
import { useText } from '../shared/i18n';
import { useMe } from '../shared/me';
import { queryClient } from '../shared/query-client';
import { queryKeys } from '../shared/query-keys';
import { TopBarSlots } from '../shared/top-bar';
import { ActivityButton } from './activity/activity-button';
import { AddressNote } from './address-note';
import { useAttention } from './attention';
import { useFrameCommands } from './frame-commands';
import { LiveNote } from './live-note';
import { MeMenu } from './me-menu';
import { railFor } from './rail';
import { Search } from './search';
import { ZoneButton } from './zone-button';

const Palette = lazy(async () => ({ default: (await import('./palette/palette')).Palette }));
const KeysSheet = lazy(async () => ({ default: (await import('./keys-sheet')).KeysSheet }));
const SessionEnded = lazy(async () => ({ default: (await import('../features/session/session-ended')).SessionEnded }));
const SessionWarning = lazy(async () => ({ default: (await import('../features/session/session-warning')).SessionWarning }));
const Tray = lazy(async () => ({ default: (await import('./activity/tray')).Tray }));

export const Shell = () => {
  useLiveConnection();
  const t = useText();
  const me = useMe();
  const navigate = useNavigate();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const [layer, setLayer] = useState<'palette' | 'keys' | null>(null);
  /** Why one signs in over the page: the session has ended, or soon will. */
  const [signIn, setSignIn] = useState<'ended' | 'soon' | null>(null);
  useEffect(() => onSignedOut(() => setSignIn('ended')), []);
  const [isTrayOpen, setTrayOpen] = useState(false);
  const [title, setTitle] = useState<HTMLElement | null>(null);
  const [freshness, setFreshness] = useState<HTMLElement | null>(null);
  const [buttons, setButtons] = useState<HTMLElement | null>(null);
  const slots = useMemo(() => ({ title, freshness, buttons }), [title, freshness, buttons]);
  const { data: counts } = useQuery({
    queryKey: queryKeys.counts,
    queryFn: async ({ signal }) => (await execute(RailCountsDocument, {}, signal)).counts,
  });
  const leave = async (): Promise<void> => {
    await signOut();
    queryClient.clear();
    forgetActivity();
    await navigate({ to: '/sign-in' });
  };
  useAttention((counts?.myClaims ?? 0) > 0);
  useCommandKeys();
  useFrameCommands(me.role, {
    openPalette: () => setLayer('palette'),
    openKeys: () => setLayer('keys'),
    openActivity: () => setTrayOpen(true),
    leave: () => void leave(),
  });
  const close = (): void => setLayer(null);
  return (
    <TopBarSlots.Provider value={slots}>
      <AppFrame
        brand="Orderwatch"
        railLabel={t('frame:rail')}
        items={railFor(me.role, path, counts, t)}
        renderLink={(item, content) => (
          <Link to={item.href} aria-current={item.isCurrent ? 'page' : undefined} activeProps={{}} title={item.label}>
            {content}
          </Link>
        )}
        me={
          <>
            <MeMenu name={me.name} role={t(`frame:role.${me.role}`)} onLeave={() => void leave()} />
            <button type="button" aria-label={t('frame:rail.keys')} title={t('frame:keys.title')} onClick={() => setLayer('keys')}>
              <Kbd hidden>?</Kbd>
            </button>
          </>
        }
        title={<span className="top-slot" ref={setTitle} />}
        search={<Search />}
        freshness={
          <>
            <ZoneButton />
            <span className="top-slot" ref={setFreshness} />
          </>
        }
        buttons={
          <>
            <ActivityButton isOpen={isTrayOpen} onToggle={() => setTrayOpen(!isTrayOpen)} />
            <span className="top-slot" ref={setButtons} />
          </>
        }
      >
        <div className="frame-page">
          <LiveNote />
          <AddressNote />
          <div className="frame-outlet">
            <Outlet />
          </div>
          {signIn === null ? (
            <Suspense fallback={null}>
              <SessionWarning onSignIn={() => setSignIn('soon')} />
            </Suspense>
          ) : null}
        </div>
      </AppFrame>
      <Suspense fallback={<HoldKeys />}>
        {isTrayOpen ? <Tray onClose={() => setTrayOpen(false)} /> : null}
        {layer === 'palette' ? <Palette onClose={close} /> : null}
        {layer === 'keys' ? <KeysSheet onClose={close} /> : null}
        {signIn ? <SessionEnded key={signIn} onBack={() => setSignIn(null)} onClose={signIn === 'soon' ? () => setSignIn(null) : undefined} /> : null}
      </Suspense>
    </TopBarSlots.Provider>
  );
};
