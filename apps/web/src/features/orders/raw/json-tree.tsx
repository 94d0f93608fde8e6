import type { ReactNode } from 'react';

interface TreeProps {
  name?: string | undefined;
  value: unknown;
  path: string;
  depth: number;
  /** Paths that the mapping read: they are marked. */
  marked: ReadonlySet<string>;
}

/** Deeper things are closed at first. */
const OPEN_DEPTH = 3;

const Leaf = ({ value, isMarked }: { value: unknown; isMarked: boolean }) => {
  const text = JSON.stringify(value) ?? 'null';
  return isMarked ? <mark>{text}</mark> : <span>{text}</span>;
};

const Tree = ({ name, value, path, depth, marked }: TreeProps): ReactNode => {
  const label = name === undefined ? null : <span className="json-name">{name}: </span>;
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) {
    return (
      <div className="json-leaf">
        {label}
        <Leaf value={value} isMarked={marked.has(path)} />
      </div>
    );
  }
  const isList = Array.isArray(value);
  const entries = Object.entries(value);
  const holdsMark = [...marked].some((each) => each.startsWith(path));
  return (
    <details open={depth < OPEN_DEPTH || holdsMark}>
      <summary>
        {label}
        <span className="ow-dim">{isList ? `[${entries.length}]` : `{${entries.length}}`}</span>
      </summary>
      {entries.map(([key, inner]) => (
        <Tree key={key} name={key} value={inner} path={isList ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`} depth={depth + 1} marked={marked} />
      ))}
    </details>
  );
};

/** A payload that can be opened part by part; what the mapping read stands out. */
export const JsonTree = ({ value, marked }: { value: unknown; marked: ReadonlySet<string> }) => (
  <div className="json" translate="no">
    <Tree value={value} path="" depth={0} marked={marked} />
  </div>
);
