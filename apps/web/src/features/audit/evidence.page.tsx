import { Button, EmptyState, exactTime, SkeletonRows } from '@orderwatch/ui';
import { useQuery } from '@tanstack/react-query';
import { useParams, useRouter } from '@tanstack/react-router';
import { useCommands } from '../../shared/commands';
import { RequestError } from '../../shared/graphql';
import { useText } from '../../shared/i18n';
import { saveParts } from '../../shared/save-file';
import { TopBar } from '../../shared/top-bar';
import { bundleQuery } from './bundle';
import { EvidenceArticle } from './evidence-article';

/** One remedy's evidence on paper; the file behind it is saved as it was read. */
export const EvidencePage = () => {
  const t = useText();
  const router = useRouter();
  const { remedyId = '' }: { remedyId?: string } = useParams({ strict: false });
  const { data, error, refetch } = useQuery(bundleQuery(remedyId));
  const back = (): void => router.history.back();
  useCommands([{ id: 'evidence.back', keys: ['Escape'], label: 'audit:close', section: 'list', scope: 'screen', isKeyOnly: true, run: back }]);
  const isForbidden = error instanceof RequestError && error.kind === 'forbidden';
  return (
    <>
      <TopBar title={data ? t('audit:bundle.title', { number: data.bundle.remedy.number }) : t('audit:title')} />
      {data ? (
        <div className="pack-scroll" tabIndex={0} role="group" aria-label={t('audit:bundle.title', { number: data.bundle.remedy.number })}>
          <div className="pack-bar">
            <Button variant="primary" onClick={() => window.print()}>
              {t('audit:bundle.print')}
            </Button>
            <Button onClick={() => saveParts([data.text], data.name, 'application/json')}>{t('audit:bundle.save')}</Button>
            <Button kbd="Esc" onClick={back}>
              {t('audit:close')}
            </Button>
          </div>
          <EvidenceArticle bundle={data.bundle} made={t('audit:bundle.made', { name: data.bundle.madeBy.name, when: exactTime(data.bundle.madeAt) })} />
        </div>
      ) : error ? (
        <EmptyState kind={isForbidden ? 'forbidden' : 'nothing'} title={t('audit:bundle.failed')} action={isForbidden ? undefined : <Button onClick={() => void refetch()}>{t('audit:retry')}</Button>}>
          {isForbidden ? t('audit:bundle.forbidden') : error.message}
        </EmptyState>
      ) : (
        <SkeletonRows rows={12} label={t('audit:bundle.loading')} />
      )}
    </>
  );
};
