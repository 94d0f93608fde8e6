import { Button, ErrorBar, SkeletonRows, SplitView, StaleBand } from '@orderwatch/ui';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useFreshness } from '../../live';
import { CommandButton, sharedKeys, type Command } from '../../shared/commands';
import { RequestError } from '../../shared/graphql';
import { t as tNow, useText } from '../../shared/i18n';
import { useMe } from '../../shared/me';
import { PageFreshness } from '../../shared/page-freshness';
import { saveFile } from '../../shared/save-file';
import { TopBar } from '../../shared/top-bar';
import { shownZone } from '../../shared/zone';
import { auditQuery, newerQuery } from './api';
import { AuditDetails } from './audit-details';
import { AuditEmpty } from './audit-empty';
import { AuditSearchBar } from './audit-search-bar';
import { AuditTable } from './audit-table';
import { ChainAlarm, ChainLine } from './chain-state';
import type { AuditSearch } from './search';
import { useAuditRows } from './use-audit-rows';

/** As many newer entries as the server counts. */
const MOST_NEWER = 100;

const exportAudit = (query: string, total: number): void =>
  void saveFile({ url: `/api/v1/export/audit.csv?${new URLSearchParams({ query, tz: shownZone() }).toString()}`, making: tNow('audit:export.running'), made: (count) => tNow('audit:export.done', { count }), total, name: 'orderwatch-audit.csv' });

/** A page of the audit. It stands still while it is read: what is newer waits behind a button. */
export const AuditLog = ({ search }: { search: AuditSearch }) => {
  const t = useText();
  const me = useMe();
  const navigate = useNavigate();
  const { q: query = '', after, item = null } = search;
  const [currentId, setCurrentId] = useState<string | null>(item);
  const { data, error, isPlaceholderData, refetch } = useQuery(auditQuery(query, after));
  const entries = data?.entries ?? [];
  const newer = useQuery({ ...newerQuery(query, entries[0]?.id ?? '0'), enabled: data !== undefined && !isPlaceholderData && after === undefined });
  const failure = error ?? newer.error;
  const generatedAt = newer.data?.generatedAt ?? data?.generatedAt;
  const fresh = useFreshness(generatedAt, failure !== null);
  const chain = newer.data?.chain ?? data?.chain;
  const count = newer.data?.count ?? 0;
  const go = (next: AuditSearch, isStep = false): void => void navigate({ to: '/audit', search: next, replace: !isStep, resetScroll: false });
  const ask = (text: string): void => go(text === '' ? {} : { q: text }, true);
  const open = (id: string | null): void => {
    if (id !== null) setCurrentId(id);
    go({ ...search, item: id ?? undefined });
  };
  const apply = (): void => void refetch();
  const older = data?.next ?? undefined;
  const turn = (to: string | undefined): void => {
    setCurrentId(null);
    go({ q: search.q, after: to }, true);
  };
  const more: readonly Command[] = [
    { ...sharedKeys.apply, label: 'audit:command.newer', section: 'list', scope: 'screen', isAllowed: () => ({ allowed: count > 0 }), run: apply },
    { ...sharedKeys.next, label: 'audit:command.older', section: 'list', scope: 'screen', isAllowed: () => ({ allowed: older !== undefined }), run: () => turn(older) },
    { ...sharedKeys.previous, label: 'audit:command.newest', section: 'list', scope: 'screen', isAllowed: () => ({ allowed: after !== undefined }), run: () => turn(undefined) },
    ...(me.role === 'agent' ? [] : [{ id: 'audit.csv', label: 'audit:command.csv', section: 'list', scope: 'screen', run: () => exportAudit(query, entries.length) } as const]),
  ];
  useAuditRows({ entries, currentId, openId: item, onOpen: open, more });
  const entry = entries.find(({ id }) => id === item);
  return (
    <>
      <TopBar title={t('audit:title')} freshness={<PageFreshness generatedAt={generatedAt} isFailed={failure !== null} />} buttons={<CommandButton id="audit.csv" />} />
      <SplitView peek={entry ? <AuditDetails entry={entry} isBroken={chain?.brokenEntry === entry.id} onQuery={ask} onClose={() => open(null)} /> : null}>
        <div className="au" aria-busy={isPlaceholderData || undefined}>
          {chain ? <ChainAlarm chain={chain} onShow={(id) => go({ after: String(BigInt(id) + 1n), item: id }, true)} /> : null}
          <AuditSearchBar query={query} onQuery={ask} />
          {data && data.problems.length > 0 && !data.tooWide ? <p className="au-problems" role="status">{data.problems.join(' ')}</p> : null}
          {failure && data ? (
            <ErrorBar onRetry={() => void (error ? refetch() : newer.refetch())} reference={failure instanceof RequestError ? failure.requestId : undefined}>
              {t('audit:notRefreshed', { why: failure.message })}
            </ErrorBar>
          ) : null}
          {data ? (
            <StaleBand since={fresh.staleSince} note={t('audit:stale')}>
              <div className="au-head">
                {count > 0 ? (
                  <Button compact kbd="." variant="primary" onClick={apply}>
                    {count >= MOST_NEWER ? t('audit:newerMany', { count }) : t('audit:newer', { count })}
                  </Button>
                ) : null}
                <span className="ow-dim ow-small">{t(`audit:scope.${data.scope === 'own' || data.scope === 'team' ? data.scope : 'all'}`)}</span>
                <span className="ow-spacer" />
                {chain ? <ChainLine chain={chain} /> : null}
              </div>
              <div className="au-scroll">
                {entries.length > 0 ? <AuditTable label={t('audit:table')} entries={entries} currentId={currentId ?? item} onCurrent={setCurrentId} onOpen={open} /> : <AuditEmpty page={data} query={query} onQuery={ask} />}
              </div>
              <footer className="au-foot">
                <span>{t('audit:shown', { count: entries.length })}</span>
                {after === undefined ? null : (
                  <Button compact kbd="[" onClick={() => turn(undefined)}>
                    {t('audit:newest')}
                  </Button>
                )}
                {older ? (
                  <Button compact kbd="]" onClick={() => turn(older)}>
                    {t('audit:older')}
                  </Button>
                ) : null}
                <span className="ow-spacer" />
                <span>{t('audit:retention')}</span>
              </footer>
            </StaleBand>
          ) : error ? (
            <AuditEmpty error={error} onRetry={() => void refetch()} />
          ) : (
            <SkeletonRows rows={16} label={t('audit:loading')} />
          )}
        </div>
      </SplitView>
    </>
  );
};
