import { Checkbox, TextInput } from '@mantine/core';
import { Button } from '@orderwatch/ui';
import { useState } from 'react';
import { Dialog } from '../../../shared/dialog';
import { useText } from '../../../shared/i18n';

interface SaveViewDialogProps {
  /** What is shown, in words: the name that is offered. */
  suggestion: string;
  /** The role may make views for the team. */
  canShare: boolean;
  onSave: (name: string, purpose: string, isTeam: boolean) => void;
  onClose: () => void;
}

/** Gives what is shown a name. A view of the team says what it is for. */
export const SaveViewDialog = ({ suggestion, canShare, onSave, onClose }: SaveViewDialogProps) => {
  const t = useText();
  const [name, setName] = useState(suggestion);
  const [purpose, setPurpose] = useState('');
  const [isTeam, setTeam] = useState(false);
  const isGood = name.trim() !== '' && (!isTeam || purpose.trim() !== '');
  return (
    <Dialog title={t('queue:views.saveAs')} onClose={onClose}>
      <form
        className="view-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (isGood) onSave(name.trim(), purpose.trim(), isTeam);
        }}
      >
        <TextInput label={t('queue:views.name')} value={name} maxLength={80} data-autofocus onChange={(event) => setName(event.currentTarget.value)} />
        <TextInput label={t('queue:views.purpose')} value={purpose} maxLength={200} required={isTeam} onChange={(event) => setPurpose(event.currentTarget.value)} />
        {canShare ? <Checkbox label={t('queue:views.forTeam')} checked={isTeam} onChange={(event) => setTeam(event.currentTarget.checked)} /> : null}
        <footer className="bulk-foot">
          <Button onClick={onClose}>{t('queue:bulk.cancel')}</Button>
          <Button variant="primary" type="submit" disabled={!isGood} reason={t('queue:views.needs')}>
            {t('queue:views.saveButton')}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
};
