import { EmptyState } from '@orderwatch/ui';
import { TopBar } from '../../shared/top-bar';

export const HealthPage = () => (
  <>
    <TopBar title="Sync health" />
    <EmptyState kind="nothing" title="Sync health" />
  </>
);
