import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { printed, schemaFromCode } from './schema-from-code.js';

/** Rewrites libs/contract/schema.graphql from the code: node apps/server/dist/platform/graphql/emit-schema.js */
const file = fileURLToPath(new URL('../../../../../libs/contract/schema.graphql', import.meta.url));
const text = `# Emitted from apps/server (code-first) and committed; a test fails when they differ.\n\n${printed(await schemaFromCode())}`;
writeFileSync(file, text);
process.stdout.write(`${file}\n`);
