import { GraphQLError, Kind, type ASTVisitor, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode, type ValidationContext } from 'graphql';

export const MOST_DEEP = 10;
export const MOST_ALIASES = 15;
export const MOST_TOKENS = 1_500;
export const MOST_ROOT_FIELDS = 10;

interface Size {
  readonly depth: number;
  readonly aliases: number;
}

/** Measures a selection with its fragments opened. A fragment is measured once, however often it is used; a circle counts as endless. */
class Measure {
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  private readonly known = new Map<string, Size>();
  private readonly open = new Set<string>();

  constructor(document: DocumentNode) {
    for (const definition of document.definitions) if (definition.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(definition.name.value, definition);
  }

  of(set: SelectionSetNode | undefined): Size {
    let depth = 0;
    let aliases = 0;
    for (const node of set?.selections ?? []) {
      const size = node.kind === Kind.FRAGMENT_SPREAD ? this.fragment(node.name.value) : this.of(node.selectionSet);
      depth = Math.max(depth, size.depth + (node.kind === Kind.FIELD ? 1 : 0));
      aliases += size.aliases + (node.kind === Kind.FIELD && node.alias ? 1 : 0);
    }
    return { depth, aliases };
  }

  private fragment(name: string): Size {
    const known = this.known.get(name);
    if (known) return known;
    if (this.open.has(name)) return { depth: Infinity, aliases: 0 };
    this.open.add(name);
    const size = this.of(this.fragments.get(name)?.selectionSet);
    this.open.delete(name);
    this.known.set(name, size);
    return size;
  }
}

/** Refuses a request that asks for more than any screen of ours does. */
export function limitsRule(context: ValidationContext): ASTVisitor {
  return {
    Document(document) {
      const measure = new Measure(document);
      for (const definition of document.definitions) {
        if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
        const { depth, aliases } = measure.of(definition.selectionSet);
        const introspects = definition.selectionSet.selections.every((node) => node.kind === Kind.FIELD && node.name.value.startsWith('__'));
        if (depth > MOST_DEEP && !introspects) context.reportError(new GraphQLError(`The request is nested too deeply (at most ${MOST_DEEP}).`, { nodes: definition }));
        if (aliases > MOST_ALIASES) context.reportError(new GraphQLError(`The request has too many aliases (at most ${MOST_ALIASES}).`, { nodes: definition }));
        if (definition.selectionSet.selections.length > MOST_ROOT_FIELDS) context.reportError(new GraphQLError(`The request asks too much at once (at most ${MOST_ROOT_FIELDS}).`, { nodes: definition }));
      }
    },
  };
}
