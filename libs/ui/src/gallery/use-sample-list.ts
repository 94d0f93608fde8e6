import { useCallback, useMemo, useReducer, useRef, useState } from 'react';
import { goneFrom } from '../grid/held-order';
import { useHeldOrder } from '../grid/use-held-order';
import { sampleRows, type SampleRow } from './grid-samples';

interface Server {
  /** What the server would answer now. */
  rows: readonly SampleRow[];
  /** All that has been seen: a row that left is drawn from here. */
  known: ReadonlyMap<string, SampleRow>;
  count: number;
}

export type Change = 'arrives' | 'leaves' | 'moves' | 'cell' | 'all leave';

/** Not random, so that two runs are the same. */
const somewhere = (n: number, below: number): number => (n * 7919) % Math.max(1, below);

const near = (rows: readonly SampleRow[]): number => Math.min(60, rows.length);

/** One thing that happens to the list on the server. */
const happen = (state: Server, change: Change): Server => {
  const count = state.count + 1;
  if (change === 'all leave') return { ...state, rows: [], count };
  const rows = [...state.rows];
  const at = somewhere(count, near(rows));
  const row = rows[at];
  if (change === 'arrives') rows.splice(at, 0, { ...(rows.at(-1) ?? sampleRows(6)[0]), id: `n${count}`, why: 'Came in just now', order: `#${12000 + count}` } as SampleRow);
  else if (row === undefined) return state;
  else if (change === 'cell') rows[at] = { ...row, due: `${count} min` };
  else {
    rows.splice(at, 1);
    if (change === 'moves') rows.splice(somewhere(count + 3, near(rows)), 0, row);
  }
  return { rows, count, known: new Map([...state.known, ...rows.map((each): [string, SampleRow] => [each.id, each])]) };
};

const begin = (size: number): Server => {
  const all = sampleRows(size);
  return { rows: all.filter((row) => row.id !== 'f'), known: new Map(all.map((row) => [row.id, row])), count: 0 };
};

const everything: readonly Change[] = ['arrives', 'leaves', 'moves', 'cell'];

/** A list as a page holds it, with a server that is only pretended. */
export const useSampleList = (size: number, focus: string | null) => {
  const [server, dispatch] = useReducer(happen, size, begin);
  const [focusedId, setFocusedId] = useState<string | null>(focus);
  const [isHeld, setHeld] = useState(true);
  const [isStorm, setStorm] = useState(false);
  const [initial] = useState(() => sampleRows(size).map((row) => row.id));
  const fresh = useMemo(() => server.rows.map((row) => row.id), [server.rows]);
  const held = useHeldOrder({ fresh, queryKey: 'gallery', focusedId, initial, follow: !isHeld });
  const goneIds = useMemo(() => new Set(goneFrom(held.order, fresh)), [held.order, fresh]);
  const frame = useRef(0);
  const storm = useCallback((changes: number) => {
    let left = changes;
    setStorm(true);
    const next = (): void => {
      dispatch(everything[left % everything.length] ?? 'cell');
      left -= 1;
      if (left > 0) frame.current = requestAnimationFrame(next);
      else setStorm(false);
    };
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(next);
  }, []);
  return { total: server.rows.length, known: server.known, held, goneIds, focusedId, setFocusedId, isHeld, setHeld, happen: dispatch, storm, isStorm };
};
