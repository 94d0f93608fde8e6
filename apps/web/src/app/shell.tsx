import { AppFrame, Kbd } from '@orderwatch/ui';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { signOut } from '../features/session/api';
import { SessionEnded } from '../features/session/session-ended';
import { useLiveConnection } from '../live';
import { execute } from '../shared/graphql';
import { useGlobalKeys } from '../shared/keys';
import { useMe } from '../shared/me';
import { queryClient } from '../shared/query-client';
import { queryKeys } from '../shared/query-keys';
import { TopBarSlots } from '../shared/top-bar';
import { RailCountsDocument } from '../gql';
import { KeysDialog } from './keys-dialog';
import { MeMenu } from './me-menu';
import { railEntries, railFor } from './rail';
import { focusSearch, Search } from './search';

export const Shell = () => {
  useLiveConnection();
  const me = useMe();
  const navigate = useNavigate();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const [areKeysShown, setKeysShown] = useState(false);
  const [title, setTitle] = useState<HTMLElement | null>(null);
  const [freshness, setFreshness] = useState<HTMLElement | null>(null);
  const [buttons, setButtons] = useState<HTMLElement | null>(null);
  const slots = useMemo(() => ({ title, freshness, buttons }), [title, freshness, buttons]);
  const { data: counts } = useQuery({
    queryKey: queryKeys.counts,
    queryFn: async ({ signal }) => (await execute(RailCountsDocument, {}, signal)).counts,
  });
  const entries = railEntries.filter((entry) => entry.roles.includes(me.role));
  useGlobalKeys({
    ...Object.fromEntries(entries.map((entry) => [`g ${entry.key}`, () => void navigate({ to: entry.href })])),
    '/': focusSearch,
    '?': () => setKeysShown(true),
  });
  const leave = async (): Promise<void> => {
    await signOut();
    queryClient.clear();
    await navigate({ to: '/sign-in' });
  };
  return (
    <TopBarSlots.Provider value={slots}>
      <AppFrame
        brand="Orderwatch"
        railLabel="Main"
        items={railFor(me.role, path, counts)}
        renderLink={(item, content) => (
          <Link to={item.href} aria-current={item.isCurrent ? 'page' : undefined} activeProps={{}} title={item.label}>
            {content}
          </Link>
        )}
        me={
          <>
            <MeMenu name={me.name} role={me.role} onLeave={() => void leave()} />
            <button type="button" aria-label="Keys of this screen" title="Keys" onClick={() => setKeysShown(true)}>
              <Kbd hidden>?</Kbd>
            </button>
          </>
        }
        title={<span className="top-slot" ref={setTitle} />}
        search={<Search />}
        freshness={<span className="top-slot" ref={setFreshness} />}
        buttons={<span className="top-slot" ref={setButtons} />}
      >
        <Outlet />
      </AppFrame>
      <KeysDialog isOpen={areKeysShown} onClose={() => setKeysShown(false)} path={path} entries={entries} />
      <SessionEnded />
    </TopBarSlots.Provider>
  );
};
