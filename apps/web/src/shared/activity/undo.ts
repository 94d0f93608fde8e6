import { UndoActDocument } from '../../gql';
import { putCase } from '../cases/case-cache';
import { execute } from '../graphql';
import { queryClient } from '../query-client';
import { queryKeys } from '../query-keys';
import type { UndoOutcome } from './types';

/** Asks the server to take an act back by the id it was sent with, and shows what came of it. */
export const undoOnServer = async (mutationId: string): Promise<UndoOutcome> => {
  const { undoAct: result } = await execute(UndoActDocument, { mutationId });
  if (result.__typename === 'NotAllowed') return { isUndone: false, message: result.reason };
  if (result.case) putCase(queryClient, result.case);
  for (const queryKey of [queryKeys.queue, queryKeys.counts]) void queryClient.invalidateQueries({ queryKey });
  return result.__typename === 'Done' ? { isUndone: true } : { isUndone: false, message: result.message };
};
