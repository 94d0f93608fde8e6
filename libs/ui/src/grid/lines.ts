/** One line of the list: a row, or the head of a group of rows. Its key is what focus, order and anchoring speak of. */
export type GridLine =
  | { kind: 'row'; key: string; level: number; parent: string | null }
  | { kind: 'group'; key: string; id: string; level: number; parent: string | null; isOpen: boolean; rowIds: readonly string[] };

const PREFIX = 'group:';

/** The key of a group's head among the lines; no row may have such an id. */
export const groupKey = (groupId: string): string => PREFIX + groupId;

export const isGroupKey = (key: string): boolean => key.startsWith(PREFIX);

/** The heads a line stands under, outermost first, as indices: they stay in sight while their rows are. */
export const headsAbove = (lines: readonly GridLine[], index: number): readonly number[] => {
  const heads: number[] = [];
  let level = lines[index]?.level ?? 1;
  for (let i = index - 1; i >= 0 && level > 1; i -= 1) {
    const line = lines[i];
    if (line?.kind !== 'group' || line.level >= level) continue;
    heads.unshift(i);
    level = line.level;
  }
  return heads;
};

interface LinesInput {
  order: readonly string[];
  /** The groups a row is in, outermost first; undefined when the list is not grouped. */
  pathOf?: ((id: string) => readonly string[]) | undefined;
  collapsed: ReadonlySet<string>;
  /** Groups that are there whether or not one of their rows has been read; they stand first, in this order. */
  known?: readonly (readonly string[])[] | undefined;
}

interface Node {
  id: string;
  parent: Node | null;
  level: number;
  children: Node[];
  rows: string[];
}

const rowsBelow = (node: Node): string[] => [...node.rows, ...node.children.flatMap(rowsBelow)];

/** The held order as lines: group heads in the order in which their first rows come, rows below them, nothing below a closed head. */
export const linesOf = ({ order, pathOf, collapsed, known = [] }: LinesInput): readonly GridLine[] => {
  if (!pathOf) return order.map((key) => ({ kind: 'row', key, level: 1, parent: null }));
  const nodes = new Map<string, Node>();
  const roots: Node[] = [];
  const leafOf = (path: readonly string[]): Node | null => {
    let at: Node | null = null;
    for (const id of path) {
      let node: Node | undefined = nodes.get(id);
      if (!node) {
        node = { id, parent: at, level: at ? at.level + 1 : 1, children: [], rows: [] };
        nodes.set(id, node);
        (at ? at.children : roots).push(node);
      }
      at = node;
    }
    return at;
  };
  for (const path of known) leafOf(path);
  const loose: string[] = [];
  for (const id of order) (leafOf(pathOf(id))?.rows ?? loose).push(id);
  const emit = (node: Node): GridLine[] => {
    const isOpen = !collapsed.has(node.id);
    const key = groupKey(node.id);
    const head: GridLine = { kind: 'group', key, id: node.id, level: node.level, parent: node.parent ? groupKey(node.parent.id) : null, isOpen, rowIds: rowsBelow(node) };
    if (!isOpen) return [head];
    return [head, ...node.children.flatMap(emit), ...node.rows.map((id): GridLine => ({ kind: 'row', key: id, level: node.level + 1, parent: key }))];
  };
  return [...roots.flatMap(emit), ...loose.map((id): GridLine => ({ kind: 'row', key: id, level: 1, parent: null }))];
};
