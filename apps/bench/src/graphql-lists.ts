import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiTokenStore, createDataSource, Transactions } from '@orderwatch/db';
import { ROOT } from '@orderwatch/rig';
import { Kind, parse, print } from 'graphql';

/** The document as the browser sends it: the web's own files, the operation with its fragments. */
function documentOf(operation: string, files: readonly string[]): string {
  const all = files.flatMap((file) => parse(readFileSync(join(ROOT, 'apps/web/src', file), 'utf8')).definitions);
  const root = all.find((d) => d.kind === Kind.OPERATION_DEFINITION && d.name?.value === operation);
  if (!root) throw new Error(`the web has no query ${operation}`);
  const text = [print(root)];
  const used = new Set<string>();
  for (let i = 0; i < text.length; i += 1) {
    for (const [, name = ''] of text[i]?.matchAll(/\.\.\.(\w+)/g) ?? []) {
      const fragment = all.find((d) => d.kind === Kind.FRAGMENT_DEFINITION && d.name.value === name);
      if (!fragment || used.has(name)) continue;
      used.add(name);
      text.push(print(fragment));
    }
  }
  return text.join('\n');
}

export const queueDocument = (): string => documentOf('Queue', ['features/exceptions/exceptions.graphql', 'shared/cases/cases.graphql']);
export const contractSchema = (): string => readFileSync(join(ROOT, 'libs/contract/schema.graphql'), 'utf8');

/** What a queue page is asked for. */
export interface QueueVariables {
  readonly view: string;
  readonly filter: Readonly<Record<string, unknown>> | null;
  readonly first: number;
  readonly after: string | null;
}

interface QueueAnswer {
  readonly data?: { readonly queue: { readonly rows: readonly unknown[]; readonly endCursor: string | null; readonly hasMore: boolean } };
  readonly errors?: unknown;
}

/** An API token of that database; a program's view of the queue is a person's without "mine". */
export async function addToken(databaseUrl: string): Promise<string> {
  const token = `owt_${randomBytes(32).toString('base64url')}`;
  const transactions = new Transactions(await createDataSource(databaseUrl, { poolSize: 1 }));
  await new ApiTokenStore(transactions).add('bench', 'read', createHash('sha256').update(token).digest());
  await transactions.close();
  return token;
}

export const bodyOf = (query: string, variables: QueueVariables): string => JSON.stringify({ query, variables, operationName: 'Queue' });

/** One page, read whole. */
export async function readPage(url: string, token: string, body: string): Promise<NonNullable<QueueAnswer['data']>['queue']> {
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body });
  const { data, errors } = (await response.json()) as QueueAnswer;
  if (!data || errors) throw new Error(`a queue page was answered ${response.status}: ${JSON.stringify(errors)}`);
  return data.queue;
}
