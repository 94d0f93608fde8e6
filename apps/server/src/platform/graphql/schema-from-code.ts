import 'reflect-metadata';
import { MODULE_METADATA } from '@nestjs/common/constants.js';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { buildSchema, lexicographicSortSchema, parse, print, printSchema, visit, type GraphQLSchema } from 'graphql';
import { FEATURES } from '../../api.module.js';
import { SCHEMA_OPTIONS } from './graphql.module.js';

const RESOLVER = 'graphql:resolver_type';

type Provider = abstract new (...args: never[]) => object;

/** Every resolver of every feature. */
export function resolvers(): Provider[] {
  return FEATURES.flatMap((feature) => (Reflect.getMetadata(MODULE_METADATA.PROVIDERS, feature) ?? []) as unknown[]).filter(
    (provider): provider is Provider => typeof provider === 'function' && Reflect.hasMetadata(RESOLVER, provider));
}

/** The schema as the code says it, without a database or a server. */
export async function schemaFromCode(): Promise<GraphQLSchema> {
  const app = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, { logger: false });
  try {
    return await app.get(GraphQLSchemaFactory).create(resolvers() as never, SCHEMA_OPTIONS);
  } finally {
    await app.close();
  }
}

/** In one order, without descriptions: what two schemas are compared by. */
export function printed(schema: GraphQLSchema | string): string {
  const parsed = typeof schema === 'string' ? buildSchema(schema) : schema;
  const document = parse(printSchema(lexicographicSortSchema(parsed)));
  return `${print(visit(document, { enter: (node) => ('description' in node ? { ...node, description: undefined } : undefined) }))}\n`;
}
