import type { QueryClient } from '@tanstack/react-query';
import { caseQuery } from '../../../shared/cases/case-query';
import { peekOrderQuery } from '../api';

/** Reads what the panel shows of a case before it is opened; what is there already is not read again. */
export const prefetchPeek = (client: QueryClient, id: string, orderId: string): void => {
  void client.prefetchQuery(caseQuery(id));
  void client.prefetchQuery(peekOrderQuery(orderId));
};
