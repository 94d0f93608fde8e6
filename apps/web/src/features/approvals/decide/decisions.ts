import { AnswerAboutRemedyDocument, ApproveRemedyDocument, AskAboutRemedyDocument, DeclineRemedyDocument, EditRemedyDocument, LookUpRemedyDocument, RetryRemedyDocument, TakeBackRemedyDocument, WithdrawRemedyDocument, type RemedyFinding, type RemedyPartsFragment, type RemedyResultPartsFragment } from '../../../gql';
import { execute } from '../../../shared/graphql';
import type { Content } from '../../../shared/remedies/draft';

export type Remedy = RemedyPartsFragment;

/** What is done to a remedy, by the names of `allowedActions`, with what it needs to be said. */
export type Act =
  | { kind: 'approve' | 'withdraw' | 'call_back' }
  | { kind: 'decline' | 'ask' | 'answer' | 'retry'; text: string }
  | { kind: 'edit'; content: Content }
  | { kind: 'look_up'; finding: RemedyFinding; reference: string | null; text: string };

export type ActKind = Act['kind'];

/** One act on what somebody read: its revision is that of `remedy`. `mutationId` lives as long as the act is the same, so that trying again cannot do it twice. */
export type Decision = Act & { remedy: Remedy; mutationId: string };

export const runDecision = async (decision: Decision): Promise<RemedyResultPartsFragment> => {
  const { mutationId, remedy } = decision;
  const { id, revision } = remedy;
  switch (decision.kind) {
    case 'approve':
      return (await execute(ApproveRemedyDocument, { id, revision, amountMinor: remedy.amount?.minor ?? null, mutationId })).approveRemedy;
    case 'decline':
      return (await execute(DeclineRemedyDocument, { id, revision, reason: decision.text, mutationId })).declineRemedy;
    case 'call_back':
      return (await execute(TakeBackRemedyDocument, { id, mutationId })).callBackRemedy;
    case 'ask':
      return (await execute(AskAboutRemedyDocument, { id, question: decision.text, mutationId })).askAboutRemedy;
    case 'answer':
      return (await execute(AnswerAboutRemedyDocument, { id, answer: decision.text, mutationId })).answerAboutRemedy;
    case 'withdraw':
      return (await execute(WithdrawRemedyDocument, { id, revision, mutationId })).withdrawRemedy;
    case 'retry':
      return (await execute(RetryRemedyDocument, { id, revision, reason: decision.text, mutationId })).retryRemedy;
    case 'edit':
      return (await execute(EditRemedyDocument, { id, revision, input: decision.content, mutationId })).editRemedy;
    case 'look_up':
      return (await execute(LookUpRemedyDocument, { id, finding: decision.finding, reference: decision.reference, reason: decision.text, mutationId })).lookUpRemedy;
  }
};
