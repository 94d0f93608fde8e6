import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';

/** Largest body we take, counted after inflation. */
export const BODY_LIMIT = 5 << 20;
/** Plain bodies over the limit are read to their end up to here, so that the sender hears the answer instead of a broken pipe. */
const DRAIN_LIMIT = 64 << 20;

/** A body that is not taken, with the answer it gets. */
export class BodyRefused extends Error {
  constructor(readonly status: 400 | 413, detail: string) {
    super(detail);
  }
}

const tooLarge = (): BodyRefused => new BodyRefused(413, 'The body is larger than 5 MiB.');

/** The bytes that were signed: inflated, within the limit. Reads the request to its end in every case. */
export async function readBody(request: Readable, encoding: string | undefined): Promise<Buffer> {
  const raw = await readRaw(request);
  const name = encoding?.trim().toLowerCase() ?? '';
  if (name === '' || name === 'identity') return raw;
  const inflater = inflaterFor(name, raw);
  if (!inflater) throw new BodyRefused(400, `The content encoding ${name.slice(0, 40)} is not understood; send gzip, deflate, br or none.`);
  return inflate(inflater, raw);
}

/** Collects by event: leaving an iteration early would destroy the request, and with it the connection the answer goes to. */
function readRaw(request: Readable): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const collect = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= BODY_LIMIT) chunks.push(chunk);
      else chunks.length = 0;
      if (size <= DRAIN_LIMIT) return;
      request.off('data', collect).pause();
      reject(tooLarge());
    };
    const broken = (): void => reject(new BodyRefused(400, 'The body broke off.'));
    request.on('data', collect);
    request.on('end', () => (size > BODY_LIMIT ? reject(tooLarge()) : resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size))));
    request.on('error', broken);
    // Every request closes in the end; an error made for each would cost more than reading it.
    request.on('close', () => {
      if (!request.readableEnded) broken();
    });
  });
}

function inflaterFor(name: string, raw: Buffer) {
  switch (name) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      // Some senders mean the bare stream; a zlib header starts with 8 in its low half.
      return ((raw[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw();
    case 'br':
      return createBrotliDecompress();
    default:
      return undefined;
  }
}

/** Stops at the limit: a few hundred bytes can stand for gigabytes. */
function inflate(inflater: NonNullable<ReturnType<typeof inflaterFor>>, raw: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    inflater.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= BODY_LIMIT) {
        chunks.push(chunk);
        return;
      }
      inflater.destroy();
      reject(tooLarge());
    });
    inflater.on('error', () => reject(new BodyRefused(400, 'The body cannot be inflated with the encoding it names.')));
    inflater.on('end', () => resolve(Buffer.concat(chunks, size)));
    inflater.end(raw);
  });
}
