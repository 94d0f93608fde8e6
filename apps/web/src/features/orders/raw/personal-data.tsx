import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button, ErrorBar, Icon } from '@orderwatch/ui';
import { NotePanel } from '../../../shared/cases/act-panel';
import { useText } from '../../../shared/i18n';
import { unmask, type Raw } from '../api';

interface PersonalDataProps {
  raw: Raw;
  /** The delivery with everything in it, or nothing when it is hidden again. Never kept beyond the panel. */
  onShown: (whole: Raw | null) => void;
}

/** Says that names and addresses are hidden, and shows them for a reason that is kept. */
export const PersonalData = ({ raw, onShown }: PersonalDataProps) => {
  const t = useText();
  const [isAsking, setAsking] = useState(false);
  const show = useMutation({
    mutationFn: (reason: string) => unmask(raw.id, reason),
    gcTime: 0,
    onSuccess: (whole) => {
      setAsking(false);
      onShown(whole);
    },
  });
  if (!raw.masked) {
    return (
      <p className="raw-personal" data-shown="">
        <Icon name="alert" /> {t('order:raw.unmasked')}{' '}
        <button type="button" className="ow-link" onClick={() => onShown(null)}>
          {t('order:raw.hide')}
        </button>
      </p>
    );
  }
  return (
    <>
      {show.error ? <ErrorBar>{show.error.message}</ErrorBar> : null}
      {isAsking ? (
        // Escape closes this form, not the panel around it.
        <div onKeyDown={(event) => event.key === 'Escape' && event.stopPropagation()}>
          <NotePanel title={t('order:raw.unmaskTitle')} label={t('order:raw.unmaskLabel')} action={t('order:raw.unmaskTitle')} onDone={(reason) => show.mutate(reason)} onCancel={() => setAsking(false)} />
        </div>
      ) : (
        <p className="raw-personal">
          <Icon name="lock" /> {t('order:raw.masked')}{' '}
          {raw.canUnmask ? (
            <Button compact onClick={() => setAsking(true)}>
              {t('order:raw.unmask')}
            </Button>
          ) : null}
        </p>
      )}
    </>
  );
};
