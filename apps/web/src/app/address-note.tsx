import { useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { dismissAddressNote, leaveAddress, useAddressNotes } from '../shared/address/notes';
import { listText } from '../shared/format';
import { useText } from '../shared/i18n';

/** Says what of an address was not understood, above the page that is shown without it. */
export const AddressNote = () => {
  const t = useText();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const notes = useAddressNotes();
  useEffect(() => leaveAddress(path), [path]);
  if (notes.length === 0) return null;
  const parts = listText(notes.map(({ name, value }) => (value === undefined ? t('frame:address.field', { name }) : t('frame:address.value', { name, value }))));
  return (
    <div className="frame-note" role="status">
      <span>{t('frame:address.note', { count: notes.length, parts })}</span>
      <button type="button" onClick={dismissAddressNote}>
        {t('frame:address.dismiss')}
      </button>
    </div>
  );
};
