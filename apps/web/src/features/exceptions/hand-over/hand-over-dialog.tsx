import { HandOverDocument } from '../../../gql';
import { record } from '../../../shared/activity';
import { NotePanel } from '../../../shared/cases/act-panel';
import { keepDraft } from '../../../shared/cases/drafts';
import { Dialog } from '../../../shared/dialog';
import { execute, newMutationId } from '../../../shared/graphql';
import { t, useText } from '../../../shared/i18n';
import { queryClient } from '../../../shared/query-client';
import { queryKeys } from '../../../shared/query-keys';

interface HandOverDialogProps {
  person: { id: string; name: string };
  onClose: () => void;
}

/** The note is kept until everything is released: a refusal must not cost it. */
const draftKey = (person: HandOverDialogProps['person']): string => `handOver:${person.id}`;

const handOver = async (person: HandOverDialogProps['person'], note: string): Promise<void> => {
  const mutationId = newMutationId();
  const what = (count: number): string => t('queue:handOver.done', { count, name: person.name });
  try {
    const { handOver: result } = await execute(HandOverDocument, { fromPersonId: person.id, note, mutationId });
    if (result.__typename === 'NotAllowed') throw new Error(result.reason);
    const items = result.items.map((item) => ({ id: item.id, label: item.number, isDone: item.done, message: item.message ?? undefined }));
    keepDraft(draftKey(person), '');
    record({ mutationId, what: what(items.filter((item) => item.isDone).length), result: { state: 'done', items } });
  } catch (error) {
    record({ mutationId, what: t('queue:handOver.title', { name: person.name }), result: { state: 'failed', message: error instanceof Error ? error.message : undefined } });
  }
  for (const queryKey of [queryKeys.queue, queryKeys.counts, ['case']]) void queryClient.invalidateQueries({ queryKey });
};

/** At the end of a shift: everything that a person has goes back, with one note for whoever takes it. */
export const HandOverDialog = ({ person, onClose }: HandOverDialogProps) => {
  const t = useText();
  const title = t('queue:handOver.title', { name: person.name });
  return (
    <Dialog title={title} onClose={onClose}>
      <NotePanel
        title={title}
        label={t('queue:handOver.label')}
        action={t('queue:handOver.action')}
        draft={draftKey(person)}
        onDone={(note) => {
          void handOver(person, note);
          onClose();
        }}
        onCancel={onClose}
      />
    </Dialog>
  );
};
