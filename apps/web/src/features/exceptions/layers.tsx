import { lazy, Suspense } from 'react';
import type { CaseRow } from '../../shared/cases/types';
import type { Person } from '../../shared/cases/use-case-actions';
import type { BulkVerb } from '../../shared/cases/bulk/bulk-dialog';
import { HoldKeys } from '../../shared/hold-keys';
import type { SelectedCases } from './bulk/use-selected';
import type { SavedViews } from './views/use-saved-views';
import type { QueueSearch } from './search';

// Most of the time none of them is open: they come when they are asked for.
const BulkDialog = lazy(async () => ({ default: (await import('../../shared/cases/bulk/bulk-dialog')).BulkDialog }));
const SaveViewDialog = lazy(async () => ({ default: (await import('./views/save-view-dialog')).SaveViewDialog }));
const HandOverDialog = lazy(async () => ({ default: (await import('./hand-over/hand-over-dialog')).HandOverDialog }));

export type Layer = { kind: 'bulk'; verb: BulkVerb } | { kind: 'saveView' } | { kind: 'handOver'; person: { id: string; name: string } };

interface LayersProps {
  layer: Layer | null;
  onClose: () => void;
  selected: SelectedCases;
  rowsById: ReadonlyMap<string, CaseRow>;
  order: readonly string[];
  me: Person & { role: string };
  saved: SavedViews;
  search: QueueSearch;
  /** What is shown, in words. */
  shownName: string;
  onSaved: (id: string) => void;
}

/** The dialog that is open over the queue, if one is. */
export const Layers = ({ layer, onClose, selected, rowsById, order, me, saved, search, shownName, onSaved }: LayersProps) => {
  if (!layer) return null;
  const ids = selected.matching ? order : [...selected.ids];
  const save = (name: string, purpose: string, isTeam: boolean): void => {
    onClose();
    saved.act.mutate({ kind: 'create', name, purpose, isTeam, search }, { onSuccess: (view) => view && onSaved(view.id) });
  };
  return (
    <Suspense fallback={<HoldKeys />}>
      {layer.kind === 'bulk' ? <BulkDialog verb={layer.verb} selected={selected} rows={ids.flatMap((id) => rowsById.get(id) ?? [])} me={me} onClose={onClose} /> : null}
      {layer.kind === 'saveView' ? <SaveViewDialog suggestion={shownName} canShare={me.role === 'lead' || me.role === 'manager'} onSave={save} onClose={onClose} /> : null}
      {layer.kind === 'handOver' ? <HandOverDialog person={layer.person} onClose={onClose} /> : null}
    </Suspense>
  );
};
