import { EmptyState } from '@orderwatch/ui';
import { TopBar } from '../../shared/top-bar';

export const ApprovalsPage = () => (
  <>
    <TopBar title="Approvals" />
    <EmptyState kind="nothing" title="Approvals" />
  </>
);
