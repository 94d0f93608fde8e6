import { useCallback, useState } from 'react';
import type { Remedy } from '../decide/decisions';

type Piece = Remedy['evidence'][number];

/** Names one piece within its remedy; those that are no facts have no id of their own. */
export const pieceKey = (piece: Piece): string => piece.factId ?? `${piece.source} ${piece.text}`;

export interface EvidenceInHand {
  /** Which piece is open now. */
  openKey: string | null;
  /** Opened at least once since the page was opened. */
  opened: ReadonlySet<string>;
  /** How many of the pieces that are there now were opened. */
  count: number;
  toggle: (key: string) => void;
  /** The next one that was not opened yet, or else the one after the open one; false: there is none. */
  next: () => boolean;
}

const none: ReadonlySet<string> = new Set();

/** What was looked at before deciding. Kept while the page is there, so that it is still counted when one comes back to a row. */
export const useEvidence = (remedy: Remedy | undefined): EvidenceInHand => {
  const [openedOf, setOpenedOf] = useState<ReadonlyMap<string, ReadonlySet<string>>>(new Map());
  const [open, setOpen] = useState<{ id: string; key: string } | null>(null);
  const id = remedy?.id ?? '';
  const opened = openedOf.get(id) ?? none;
  const openKey = open?.id === id ? open.key : null;
  const keys = remedy?.evidence.map(pieceKey) ?? [];
  const show = useCallback(
    (key: string): void => {
      setOpen({ id, key });
      setOpenedOf((old) => new Map(old).set(id, new Set([...(old.get(id) ?? none), key])));
    },
    [id],
  );
  const next = (): boolean => {
    const key = keys.find((each) => !opened.has(each)) ?? keys[(keys.indexOf(openKey ?? '') + 1) % keys.length];
    if (key === undefined) return false;
    show(key);
    return true;
  };
  return { openKey, opened, count: keys.filter((key) => opened.has(key)).length, toggle: (key) => (key === openKey ? setOpen(null) : show(key)), next };
};
