import { EmptyState } from '@orderwatch/ui';
import { TopBar } from '../../shared/top-bar';

export const StuckPage = () => (
  <>
    <TopBar title="Stuck parcels" />
    <EmptyState kind="nothing" title="Stuck parcels" />
  </>
);
