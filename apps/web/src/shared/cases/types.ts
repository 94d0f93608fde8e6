import type { CasePartsFragment, CaseResultPartsFragment, CaseRowPartsFragment } from '../../gql';

export type CaseRow = CaseRowPartsFragment;
export type CaseFull = CasePartsFragment;
export type CaseResult = CaseResultPartsFragment;

export interface AllowedAction {
  action: string;
  allowed: boolean;
  why?: string | null;
  needsApproval: boolean;
}

/** What the server says about one act; an act it does not name is not offered. */
export const allowance = <A extends AllowedAction>(actions: readonly A[] | undefined, action: string): A | undefined => actions?.find((each) => each.action === action);

/** Somebody else works on it. Whether their lease still lives the server says. */
export const isHeldByOther = (row: CaseRow, meId: string): boolean => row.state === 'claimed' && row.owner !== null && row.owner !== undefined && row.owner.id !== meId;
