import { EmptyState } from '@orderwatch/ui';
import { TopBar } from '../../shared/top-bar';

export const ReportsPage = () => (
  <>
    <TopBar title="Reports" />
    <EmptyState kind="nothing" title="Reports" />
  </>
);
