import {
  getNamedType, isLeafType, isListType, isNonNullType, isObjectType, Kind,
  type FieldNode, type FragmentDefinitionNode, type GraphQLField, type GraphQLObjectType, type GraphQLOutputType, type GraphQLResolveInfo, type SelectionSetNode,
} from 'graphql';

/** Makes the answer of what a resolver returned; throws where the specification wants an error. */
export type Complete = (value: unknown) => unknown;

export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** What is asked of one object under one key; several nodes when a document names it more than once. */
export type Selected = ReadonlyMap<string, readonly FieldNode[]>;

/** The fields of a selection with its fragments opened; null when it says something that depends on the request or on the value. */
export function selected(type: GraphQLObjectType, sets: readonly SelectionSetNode[], fragments: Fragments): Selected | null {
  const fields = new Map<string, FieldNode[]>();
  const collect = (set: SelectionSetNode): boolean => set.selections.every((node) => {
    if (node.directives?.length) return false;
    if (node.kind === Kind.FIELD) {
      const key = node.alias?.value ?? node.name.value;
      fields.set(key, [...(fields.get(key) ?? []), node]);
      return true;
    }
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
    if (!fragment || fragment.directives?.length || (fragment.typeCondition && fragment.typeCondition.name.value !== type.name)) return false;
    return collect(fragment.selectionSet);
  });
  return sets.every(collect) ? fields : null;
}

/** Nest gives every field without a resolver of its own this one, which reads the property. */
const PLAIN = 'rootFieldResolver';
const NO_INFO = {} as GraphQLResolveInfo;

function readOf(field: GraphQLField<unknown, unknown>): ((value: unknown) => unknown) | null {
  const { resolve, name } = field;
  if (field.args.length > 0) return null;
  if (!resolve) return (value) => (value as Record<string, unknown>)[name];
  return resolve.name === PLAIN ? (value) => resolve(value, {}, undefined, NO_INFO) : null;
}

/** What completes values of that type; null when a field below has work of its own to do. */
export function completerOf(type: GraphQLOutputType, nodes: readonly FieldNode[], fragments: Fragments): Complete | null {
  if (isNonNullType(type)) {
    const inner = completerOf(type.ofType, nodes, fragments);
    return inner && ((value) => {
      const done = inner(value);
      if (done === null) throw new TypeError('null where there must be a value');
      return done;
    });
  }
  if (isListType(type)) {
    const item = completerOf(type.ofType, nodes, fragments);
    // A frozen list is one that several requests share: it is completed for the first of them.
    const done = new WeakMap<object, unknown[]>();
    return item && ((value) => {
      if (value === null || value === undefined) return null;
      if (!Array.isArray(value)) throw new TypeError('not a list');
      const known = done.get(value) ?? value.map(item);
      if (Object.isFrozen(value)) done.set(value, known);
      return known;
    });
  }
  if (isLeafType(type)) return leaf((value) => type.serialize(value));
  const named = getNamedType(type);
  return isObjectType(named) ? objectOf(named, nodes, fragments) : null;
}

function leaf(serialize: (value: unknown) => unknown): Complete {
  return (value) => {
    if (value === null || value === undefined) return null;
    const done = serialize(value);
    if (done === null || done === undefined) throw new TypeError('a value that cannot be written');
    return done;
  };
}

function objectOf(type: GraphQLObjectType, nodes: readonly FieldNode[], fragments: Fragments): Complete | null {
  const fields = selected(type, nodes.flatMap((node) => node.selectionSet ?? []), fragments);
  if (!fields) return null;
  const parts: { readonly key: string; readonly read: (value: unknown) => unknown; readonly complete: Complete }[] = [];
  for (const [key, of] of fields) {
    const name = of[0]?.name.value ?? '';
    if (name === '__typename') {
      parts.push({ key, read: () => type.name, complete: (value) => value });
      continue;
    }
    const field = type.getFields()[name];
    const read = field && readOf(field);
    const complete = field && completerOf(field.type, of, fragments);
    if (!read || !complete) return null;
    parts.push({ key, read, complete });
  }
  return (value) => {
    if (value === null || value === undefined) return null;
    if (typeof value !== 'object' || 'then' in value) throw new TypeError('not an object');
    const done: Record<string, unknown> = {};
    for (const { key, read, complete } of parts) done[key] = complete(read(value));
    return done;
  };
}
