import { Button, EmptyState, SkeletonRows } from '@orderwatch/ui';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { RequestError } from '../shared/graphql';

export const PagePending = () => <SkeletonRows rows={12} />;

export const PageMissing = () => (
  <EmptyState kind="nothing" title="There is no such page" action={<a href="/queue">Open the exceptions</a>}>
    The address may be mistyped, or what stood here has moved.
  </EmptyState>
);

export const PageError = ({ error, reset }: ErrorComponentProps) => {
  const router = useRouter();
  const reference = error instanceof RequestError ? error.requestId : undefined;
  const isForbidden = error instanceof RequestError && error.kind === 'forbidden';
  return (
    <EmptyState
      kind={isForbidden ? 'forbidden' : 'nothing'}
      title={isForbidden ? 'Your role does not open this page' : 'This page could not be shown'}
      action={
        isForbidden ? undefined : (
          <Button
            onClick={() => {
              reset();
              void router.invalidate();
            }}
          >
            Try again
          </Button>
        )
      }
    >
      {error instanceof Error ? error.message : null}
      {reference ? ` · ref ${reference}` : null}
    </EmptyState>
  );
};
