import { Button, EmptyState, SkeletonRows } from '@orderwatch/ui';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { RequestError } from '../shared/graphql';
import { useText } from '../shared/i18n';

export const PagePending = () => <SkeletonRows rows={12} />;

export const PageMissing = () => {
  const t = useText();
  return (
    <EmptyState kind="nothing" title={t('frame:missing.title')} action={<a href="/queue">{t('frame:missing.open')}</a>}>
      {t('frame:missing.why')}
    </EmptyState>
  );
};

export const PageError = ({ error, reset }: ErrorComponentProps) => {
  const t = useText();
  const router = useRouter();
  const reference = error instanceof RequestError ? error.requestId : undefined;
  const isForbidden = error instanceof RequestError && error.kind === 'forbidden';
  const message = error instanceof Error ? error.message : '';
  return (
    <EmptyState
      kind={isForbidden ? 'forbidden' : 'nothing'}
      title={t(isForbidden ? 'frame:broken.forbidden' : 'frame:broken.title')}
      action={
        isForbidden ? undefined : (
          <Button
            onClick={() => {
              reset();
              void router.invalidate();
            }}
          >
            {t('frame:broken.retry')}
          </Button>
        )
      }
    >
      {reference ? t('frame:broken.reference', { message, id: reference }) : message}
    </EmptyState>
  );
};
