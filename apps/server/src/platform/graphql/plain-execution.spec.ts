import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ApolloServer } from '@apollo/server';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { GraphQLError, Kind, parse, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import type { GraphqlContext } from '../auth/allow.js';
import { plainExecution, planFor } from './plain-execution.js';
import { schemaFromCode } from './schema-from-code.js';

const web = (file: string): string => readFileSync(resolve(import.meta.dirname, '../../../../web/src', file), 'utf8');
const QUEUE = parse(`${web('features/exceptions/exceptions.graphql')}\n${web('shared/cases/cases.graphql')}`);
const LIST = `query L($first: Int = 2) { page: queue(view: all, first: $first) { __typename total hasMore generatedAt rows { ...R severity } rows { value { minor } owner { name } } counts { mine } } } fragment R on CaseRow { id otherRules dueAt value { currency } }`;
const ROW = { id: 'a', otherRules: ['x'], dueAt: new Date(5), severity: 'high', value: { minor: 5, currency: 'EUR' }, owner: null };
const PAGE = { total: 1, hasMore: false, generatedAt: new Date(7), rows: [ROW], counts: { mine: 3 } };

describe('plain execution', () => {
  let schema: GraphQLSchema;
  let asked: object[] = [];
  let page: () => unknown = () => PAGE;
  const ask = async (query: string, isPlain: boolean, variables: Record<string, unknown> = {}) => {
    const server = new ApolloServer<GraphqlContext>({ schema, plugins: isPlain ? [plainExecution()] : [] });
    const { body } = await server.executeOperation({ query, variables }, { contextValue: { request: {} } as GraphqlContext });
    await server.stop();
    return JSON.parse(JSON.stringify(body.kind === 'single' ? body.singleResult : body)) as { data?: unknown; errors?: { message: string; path?: unknown }[] };
  };

  beforeAll(async () => {
    schema = await schemaFromCode();
    const queue = schema.getQueryType()?.getFields()['queue'];
    if (queue) queue.resolve = async (_source, args, _context, info) => {
      asked.push({ ...args, path: info.path.key });
      return page();
    };
  });
  beforeEach(() => {
    asked = [];
    page = () => PAGE;
  });

  it('takes the web’s own list of cases', () => {
    const operation = QUEUE.definitions.find((d): d is OperationDefinitionNode => d.kind === Kind.OPERATION_DEFINITION && d.name?.value === 'Queue');
    expect(operation && planFor(schema, QUEUE, operation)).not.toBeNull();
  });

  it.each([['all', {}], ['with variables', { first: 9 }]])('answers as graphql-js does: %s', async (_name, variables) => {
    const plain = await ask(LIST, true, variables);
    expect(plain).toEqual(await ask(LIST, false, variables));
    expect(plain).toMatchObject({ data: { page: { __typename: 'QueuePage', rows: [{ dueAt: '1970-01-01T00:00:00.005Z', value: { minor: 5, currency: 'EUR' } }] } } });
    expect(asked).toEqual([asked[1], asked[1]]);
  });

  it.each([
    ['null where there must be a value', () => ({ ...PAGE, total: null })],
    ['a value that its type does not know', () => ({ ...PAGE, rows: [{ ...ROW, severity: 'odd' }] })],
    ['no list', () => ({ ...PAGE, rows: 5 })],
    ['a promise within', () => ({ ...PAGE, counts: Promise.resolve({ mine: 3 }) })],
    ['a failure', () => {
      throw new GraphQLError('no');
    }],
  ])('leaves %s to graphql-js, and asks no resolver twice', async (_name, answer) => {
    page = answer;
    const plain = await ask(LIST, true);
    expect(asked).toHaveLength(1);
    expect(plain).toEqual(await ask(LIST, false));
  });

  it.each(['query ($yes: Boolean = true) { queue(view: all) { total @include(if: $yes) } }', '{ order(id: "a") { case { row { id } } } }', '{ __schema { types { name } } }'])('leaves %s to graphql-js', (text) => {
    const document = parse(text);
    expect(planFor(schema, document, document.definitions[0] as OperationDefinitionNode)).toBeNull();
  });
});
