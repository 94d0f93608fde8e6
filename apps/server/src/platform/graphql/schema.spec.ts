import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ACTIONS, isAction } from '@orderwatch/domain';
import { parse, validate } from 'graphql';
import { ALLOW } from '../auth/allow.js';
import { limitsRule, MOST_ALIASES, MOST_DEEP } from './limits.js';
import { printed, resolvers, schemaFromCode } from './schema-from-code.js';

const committed = readFileSync(join(import.meta.dirname, '../../../../../libs/contract/schema.graphql'), 'utf8');

/** Field of Query or Mutation → action, as the decorators say it. */
function allowed(): Map<string, string | undefined> {
  const found = new Map<string, string | undefined>();
  for (const resolver of resolvers()) {
    for (const key of Object.getOwnPropertyNames(resolver.prototype)) {
      const method = (resolver.prototype as Record<string, unknown>)[key];
      if (typeof method !== 'function') continue;
      const type = Reflect.getMetadata('graphql:resolver_type', method) as string | undefined;
      if (type !== 'Query' && type !== 'Mutation') continue;
      const name = (Reflect.getMetadata('graphql:resolver_name', method) as string | undefined) ?? key;
      found.set(`${type}.${name}`, Reflect.getMetadata(ALLOW, method) as string | undefined);
    }
  }
  return found;
}

describe('the GraphQL schema', () => {
  it('is the one that the web is written against', async () => {
    expect(printed(await schemaFromCode())).toBe(printed(committed));
  });

  it('has every query and mutation in the role matrix', async () => {
    const schema = await schemaFromCode();
    const fields = [schema.getQueryType(), schema.getMutationType()].flatMap((type) => Object.keys(type?.getFields() ?? {}).map((name) => `${type?.name ?? ''}.${name}`));
    const actions = allowed();
    expect(fields.length).toBeGreaterThan(20);
    expect([...actions.keys()].sort()).toEqual(fields.sort());
    expect([...actions].filter(([, action]) => action === undefined || !isAction(action))).toEqual([]);
    expect([...actions].filter(([, action]) => action?.startsWith('public.'))).toEqual([]);
  });

  it('leaves no action of the matrix without a use', () => {
    const used = new Set([...allowed().values()]);
    const elsewhere = ACTIONS.filter((action) => /^(public|live|export)\./.test(action) || action === 'customer.read');
    expect(ACTIONS.filter((action) => !used.has(action) && !elsewhere.includes(action))).toEqual([]);
  });
});

describe('limitsRule', () => {
  const nested = (depth: number): string => `{ ${'a { '.repeat(depth - 1)}b${' }'.repeat(depth - 1)} }`;
  const refusals = async (query: string): Promise<string[]> => validate(await schemaFromCode(), parse(query), [limitsRule]).map((error) => error.message);

  it('measures nesting through fragments', async () => {
    expect(await refusals(nested(MOST_DEEP))).toEqual([]);
    expect(await refusals(nested(MOST_DEEP + 1))).toHaveLength(1);
    expect(await refusals(`query { ...F } fragment F on Query ${nested(MOST_DEEP + 1)}`)).toHaveLength(1);
  });

  it('ends on fragments in a circle', async () => {
    expect(await refusals('query { ...A } fragment A on Query { x { ...B } } fragment B on Query { y { ...A } }')).toHaveLength(1);
  });

  it('counts aliases that a fragment multiplies', async () => {
    const spread = 'a { ...F } '.repeat(9);
    expect(await refusals(`query { ${spread} } fragment F on Query { p: me { id } q: me { id } }`)).toEqual([`The request has too many aliases (at most ${MOST_ALIASES}).`]);
  });
});
