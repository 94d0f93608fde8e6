import { Button, EmptyState } from '@orderwatch/ui';
import { RequestError } from '../../shared/graphql';
import { useText } from '../../shared/i18n';
import type { AuditPage } from './api';
import { tokensOf, without } from './tokens';

type EmptyProps = { page: AuditPage; query: string; onQuery: (query: string) => void; error?: undefined } | { error: Error; onRetry: () => void };

/** Why there is nothing: failed, not allowed, too wide, excluded by a condition, or truly nothing. Never the same words. */
export const AuditEmpty = (props: EmptyProps) => {
  const t = useText();
  if (props.error) {
    const isForbidden = props.error instanceof RequestError && props.error.kind === 'forbidden';
    return (
      <EmptyState kind={isForbidden ? 'forbidden' : 'nothing'} title={t('audit:notRead')} action={isForbidden ? undefined : <Button onClick={props.onRetry}>{t('audit:retry')}</Button>}>
        {isForbidden ? t('audit:forbidden') : props.error.message}
      </EmptyState>
    );
  }
  const { page, query, onQuery } = props;
  if (page.tooWide) {
    return (
      <EmptyState kind="filtered" title={t('audit:tooWide')} action={<Button onClick={() => onQuery(`${query} since:7d`.trim())}>+ {t('audit:quick.week')}</Button>}>
        {t('audit:tooWideWhy')}
      </EmptyState>
    );
  }
  if (query === '') return <EmptyState kind="nothing" title={t('audit:empty.none')}>{t('audit:empty.noneWhy')}</EmptyState>;
  const tokens = tokensOf(query);
  return (
    <EmptyState
      kind="filtered"
      title={t('audit:empty.filtered')}
      action={page.excluding.map((raw) => (
        <Button key={raw} onClick={() => onQuery(without(query, tokens.findIndex((token) => token.raw === raw)))}>
          <span translate="no">{t('audit:remove', { what: raw })}</span>
        </Button>
      ))}
    >
      {page.excluding.length > 0 ? <span translate="no">{t('audit:empty.excluding', { what: page.excluding.join(', ') })}</span> : t('audit:empty.noneAlone')}
    </EmptyState>
  );
};
