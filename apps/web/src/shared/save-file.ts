import { record, type ActivityResult } from './activity';
import { newMutationId } from './graphql';

interface FileInput {
  /** Where the server makes it. */
  url: string;
  /** What the activity calls it while it is made: "List as CSV". */
  making: string;
  /** What it came to, for a number of rows. */
  made: (rows: number) => string;
  /** Rows expected. */
  total: number;
  /** Called so when the server gives no name. */
  name: string;
  /** Of the file; a list is CSV. */
  type?: string | undefined;
}

const NEWLINE = 10;

const lines = (bytes: Uint8Array): number => {
  let count = 0;
  for (const byte of bytes) if (byte === NEWLINE) count += 1;
  return count;
};

export const saveParts = (parts: BlobPart[], name: string, type = 'text/csv'): void => {
  const url = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
};

const problemOf = async (response: Response): Promise<string> => {
  try {
    const { detail, title } = (await response.json()) as { detail?: string; title?: string };
    return detail ?? title ?? String(response.status);
  } catch {
    return String(response.status);
  }
};

/** A list as a file, made by the server; the activity says how far it is. The first line names the columns and is no row. */
export const saveFile = async ({ url, making, made, total, name: usualName, type }: FileInput): Promise<void> => {
  const mutationId = newMutationId();
  const tell = (what: string, result: ActivityResult): void => record({ mutationId, what, result });
  const running = (done: number): void => tell(making, { state: 'running', progress: { done: Math.min(done, total), total: Math.max(1, total) } });
  try {
    running(0);
    const response = await fetch(url, { credentials: 'same-origin' });
    if (!response.ok || !response.body) throw new Error(await problemOf(response));
    const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? usualName;
    const parts: BlobPart[] = [];
    let rows = -1;
    let told = 0;
    const reader = response.body.getReader();
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      parts.push(chunk.value);
      rows += lines(chunk.value);
      if (rows - told < 500) continue;
      told = rows;
      running(rows);
    }
    saveParts(parts, name, type);
    tell(made(Math.max(0, rows)), { state: 'done', message: name });
  } catch (error) {
    tell(making, { state: 'failed', message: error instanceof Error ? error.message : undefined });
  }
};
