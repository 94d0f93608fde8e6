import { EmptyState, ErrorBar, SkeletonRows, SplitView, StaleBand } from '@orderwatch/ui';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useFreshness, useTopic } from '../../live';
import { useText } from '../../shared/i18n';
import { useMe } from '../../shared/me';
import { PageFreshness } from '../../shared/page-freshness';
import { TopBar } from '../../shared/top-bar';
import { storyQuery } from './api';
import { AuditDetails } from './audit-details';
import { AuditEmpty } from './audit-empty';
import { AuditTable } from './audit-table';
import { useAuditRows } from './use-audit-rows';

interface StoryProps {
  orderId: string;
  item: string | null;
}

/** Everything that was done about one order, oldest first: by rules, by people, by the system; what one request did stands together. */
export const AuditStory = ({ orderId, item }: StoryProps) => {
  useTopic(`order:${orderId}`);
  const t = useText();
  const me = useMe();
  const navigate = useNavigate();
  const { data, error, dataUpdatedAt, refetch } = useQuery(storyQuery(orderId));
  const [currentId, setCurrentId] = useState<string | null>(item);
  const entries = data ?? [];
  const asOf = data ? new Date(dataUpdatedAt).toISOString() : undefined;
  const fresh = useFreshness(asOf, error !== null);
  const open = (id: string | null): void => {
    if (id !== null) setCurrentId(id);
    void navigate({ to: '/audit', search: { story: orderId, item: id ?? undefined }, replace: true, resetScroll: false });
  };
  useAuditRows({ entries, currentId, openId: item, onOpen: open });
  const entry = entries.find(({ id }) => id === item);
  const name = entries.find(({ orderName }) => orderName)?.orderName;
  const title = name ? t('audit:story.title', { order: name }) : t('audit:story.of');
  return (
    <>
      <TopBar title={title} freshness={<PageFreshness generatedAt={asOf} isFailed={error !== null} />} />
      <SplitView peek={entry ? <AuditDetails entry={entry} onQuery={(q) => void navigate({ to: '/audit', search: { q } })} onClose={() => open(null)} /> : null}>
        <div className="au" data-testid="audit-story">
          <div className="ow-bar">
            <Link to="/audit" className="ow-link">
              {t('audit:story.back')}
            </Link>
            <Link to="/orders/$orderId" params={{ orderId }} className="ow-link">
              {t('audit:story.order')}
            </Link>
            <span className="ow-spacer" />
            <span className="ow-dim ow-small">
              {t('audit:story.counts', { chained: entries.filter(({ source }) => source === 'audit').length, all: entries.length })}
              {me.role === 'agent' ? ` ${t('audit:story.own')}` : ''}
            </span>
          </div>
          {error && data ? <ErrorBar onRetry={() => void refetch()}>{t('audit:notRefreshed', { why: error.message })}</ErrorBar> : null}
          {data ? (
            <StaleBand since={fresh.staleSince} note={t('audit:stale')}>
              <div className="au-scroll">
                {entries.length > 0 ? (
                  <AuditTable label={t('audit:storyTable')} entries={entries} currentId={currentId} onCurrent={setCurrentId} onOpen={open} />
                ) : (
                  <EmptyState kind="nothing" title={t('audit:story.empty')}>
                    {t('audit:story.emptyWhy')}
                  </EmptyState>
                )}
              </div>
            </StaleBand>
          ) : error ? (
            <AuditEmpty error={error} onRetry={() => void refetch()} />
          ) : (
            <SkeletonRows rows={12} label={t('audit:loading')} />
          )}
        </div>
      </SplitView>
    </>
  );
};
