import { HeaderMap, type ApolloServerPlugin, type GraphQLRequestContext, type GraphQLResponse } from '@apollo/server';
import {
  getArgumentValues, getVariableValues, Kind, OperationTypeNode,
  type DocumentNode, type FieldNode, type FragmentDefinitionNode, type GraphQLField, type GraphQLResolveInfo, type GraphQLSchema, type OperationDefinitionNode,
} from 'graphql';
import type { GraphqlContext } from '../auth/allow.js';
import { completerOf, selected, type Complete } from './plain-selection.js';

/** A root field with what completes its answer. */
interface Root {
  readonly key: string;
  readonly field: GraphQLField<unknown, unknown>;
  readonly nodes: readonly FieldNode[];
  readonly complete: Complete;
}

type Known = GraphqlContext & { [ANSWERS]?: ReadonlyMap<string, Promise<unknown>> };
type Request = GraphQLRequestContext<GraphqlContext>;

/** Root answers that were asked for already, by key: should the usual way be taken after all, nothing is asked twice. */
const ANSWERS = Symbol('answers');

/**
 * Answers queries below whose root fields there are only properties to read, which is what lists are: of fifty rows with thirty
 * cells graphql-js makes fifteen hundred calls through everything that any field of any schema could want. The root fields'
 * resolvers run as always, with their guards. What is not that plain (directives, unions, fields with resolvers), or does not
 * come out as it should, goes the usual way, which also says what was wrong.
 */
export function plainExecution(): ApolloServerPlugin<GraphqlContext> {
  const plans = new WeakMap<OperationDefinitionNode, readonly Root[] | null>();
  const planOf = ({ schema, document, operation }: Request): readonly Root[] | null => {
    if (!document || !operation) return null;
    const known = plans.get(operation);
    if (known !== undefined) return known;
    const plan = planFor(schema, document, operation);
    plans.set(operation, plan);
    return plan;
  };
  return {
    serverWillStart: async ({ schema }) => rememberAnswers(schema),
    requestDidStart: async () => ({
      responseForOperation: async (request) => {
        const roots = planOf(request as Request);
        return roots && answer(request as Request, roots);
      },
    }),
  };
}

/** Root fields give what was asked for already instead of asking again. */
function rememberAnswers(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    const { resolve } = field;
    if (resolve) field.resolve = (source, args, context: Known, info) => context[ANSWERS]?.get(String(info.path.key)) ?? resolve(source, args, context, info);
  }
}

export function planFor(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): readonly Root[] | null {
  const query = schema.getQueryType();
  if (!query || operation.operation !== OperationTypeNode.QUERY || operation.directives?.length) return null;
  const fragments = new Map(document.definitions.filter((d): d is FragmentDefinitionNode => d.kind === Kind.FRAGMENT_DEFINITION).map((d) => [d.name.value, d]));
  const fields = selected(query, [operation.selectionSet], fragments);
  if (!fields) return null;
  const roots: Root[] = [];
  for (const [key, nodes] of fields) {
    const field = query.getFields()[nodes[0]?.name.value ?? ''];
    const complete = field && completerOf(field.type, nodes, fragments);
    if (!complete) return null;
    roots.push({ key, field, nodes, complete });
  }
  return roots;
}

async function answer(request: Request, roots: readonly Root[]): Promise<GraphQLResponse | null> {
  const { schema, operation, contextValue } = request;
  const query = schema.getQueryType();
  const { coerced } = getVariableValues(schema, operation?.variableDefinitions ?? [], request.request.variables ?? {});
  if (!operation || !query || !coerced) return null;
  const ask = async ({ key, field, nodes: [node, ...others] }: Root): Promise<unknown> => {
    if (!node || !field.resolve) throw new TypeError('a root field without a resolver');
    const info = {
      fieldName: field.name, fieldNodes: [node, ...others], returnType: field.type, parentType: query, path: { prev: undefined, key, typename: query.name }, schema, fragments: {}, rootValue: undefined, operation,
      variableValues: coerced,
    } satisfies GraphQLResolveInfo;
    return field.resolve(undefined, getArgumentValues(field, node, coerced), contextValue, info);
  };
  const answers = new Map(roots.map((root) => [root.key, ask(root)]));
  try {
    const data: Record<string, unknown> = {};
    const values = await Promise.all(answers.values());
    for (const [i, { key, complete }] of roots.entries()) data[key] = complete(values[i]);
    return { body: { kind: 'single', singleResult: { data } }, http: { headers: new HeaderMap(), status: undefined } };
  } catch {
    (contextValue as Known)[ANSWERS] = answers;
    return null;
  }
}
