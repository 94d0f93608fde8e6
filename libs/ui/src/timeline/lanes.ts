export type TimelineKind = 'event' | 'silence' | 'expected' | 'contradiction' | 'fold';

export type LineKind = 'none' | 'line' | 'silence' | 'wait';

/** What a lane draws in one row: the half above the middle, the half below, and whether a dot stands there. */
export interface LaneCell {
  above: LineKind;
  below: LineKind;
  hasDot: boolean;
}

interface LaneRow {
  kind: TimelineKind;
  lanes: readonly string[];
}

const lineAfter = (kind: TimelineKind): LineKind => (kind === 'silence' ? 'silence' : kind === 'expected' ? 'wait' : 'line');

/**
 * The lines of the lane gutter, newest row first. A lane runs from its newest dot to its oldest; the stretch below a
 * silence is dashed. An `open` lane, such as the order itself, runs up to the top: it is not over.
 */
export const laneCells = (rows: readonly LaneRow[], laneId: string, isOpen = false): LaneCell[] => {
  const dots = rows.flatMap((row, i) => (row.lanes.includes(laneId) ? [i] : []));
  const oldest = dots.at(-1);
  const newest = dots[0];
  let current: LineKind = isOpen && oldest !== undefined ? 'line' : 'none';
  return rows.map((row, i) => {
    const hasDot = row.lanes.includes(laneId);
    if (oldest === undefined || newest === undefined || i > oldest) return { above: 'none', below: 'none', hasDot };
    if (!hasDot) return { above: current, below: current, hasDot };
    const above = current;
    current = i === oldest ? 'none' : lineAfter(row.kind);
    return { above, below: current, hasDot };
  });
};
