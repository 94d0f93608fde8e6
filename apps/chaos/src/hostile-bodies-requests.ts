import { brotliCompressSync, constants, createBrotliCompress, createDeflate, createGzip, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { Transform } from 'node:stream';
import { type Message, pathOf, type Random, signature } from '@orderwatch/rig';
import type { Raw } from './hostile-bodies-exchange.js';
import { CONTENTS, LARGE, LIMIT } from './hostile-bodies-contents.js';

export type Outcome = number | 'closed';

/** One attack, and what may come of it. */
export interface Hostile extends Raw {
  readonly allowed: readonly Outcome[];
  /** Authentic bytes: when it is answered 2xx, they must be kept. */
  readonly authentic?: Message | undefined;
}

export type Attack = (random: Random, unique: string) => Hostile | Promise<Hostile>;

/** Stored. */
export const TAKEN: readonly Outcome[] = [200, 202];

type Headers = Readonly<Record<string, string>>;

/** The request's head; `more` comes last and is not checked by anybody. */
export function headOf(message: Message, unique: string, more: Headers, signedBody = message.body): Buffer {
  const lines = Object.entries({ ...signature({ ...message, body: signedBody }, unique, Date.now()), ...more }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`POST ${pathOf(message)} HTTP/1.1\r\nhost: 127.0.0.1\r\n${lines.join('')}\r\n`);
}

/** Sent as it should be, but for its encoding: `sent` are the bytes on the wire. */
function sent(message: Message, unique: string, bytes = message.body, more: Headers = {}): readonly Buffer[] {
  return [headOf(message, unique, { 'content-length': String(bytes.length), ...more }), bytes];
}

const content = (random: Random, unique: string): Message => random.pick(Object.values(CONTENTS))(random, unique);

const PACKERS: Readonly<Record<string, (body: Buffer) => Buffer>> = { gzip: gzipSync, 'x-gzip': gzipSync, GZIP: gzipSync, deflate: deflateSync, br: (body) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 2 } }) };

const BOMB_BYTES = 500 << 20;
const bombs = new Map<string, Promise<Buffer>>();

/** Half a gigabyte of nothing in a few hundred bytes (brotli) or kilobytes. Made once. */
function bomb(encoding: 'gzip' | 'deflate' | 'br'): Promise<Buffer> {
  const made = bombs.get(encoding) ?? packed(encoding === 'gzip' ? createGzip({ level: 1 }) : encoding === 'deflate' ? createDeflate({ level: 1 }) : createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 2, [constants.BROTLI_PARAM_LGWIN]: 24 } }));
  bombs.set(encoding, made);
  return made;
}

async function packed(packer: Transform): Promise<Buffer> {
  const nothing = Buffer.alloc(1 << 20, ' ');
  const chunks: Buffer[] = [];
  packer.on('data', (chunk: Buffer) => chunks.push(chunk));
  for (let size = 0; size < BOMB_BYTES; size += nothing.length) if (!packer.write(nothing)) await new Promise((go) => packer.once('drain', go));
  await new Promise<void>((go) => {
    packer.once('end', go);
    packer.end();
  });
  return Buffer.concat(chunks);
}

const authentic = (make: (random: Random, unique: string) => Message): Attack => (random, unique) => {
  const message = make(random, unique);
  return { pieces: sent(message, unique), allowed: TAKEN, authentic: message };
};

/** Well-framed requests: what they say is hostile, not how. */
export const SMALL_ATTACKS: Readonly<Record<string, Attack>> = {
  ...Object.fromEntries(Object.entries(CONTENTS).map(([name, make]) => [name, authentic(make)])),
  'honestly packed': (random, unique) => {
    const message = content(random, unique);
    const [encoding, pack] = random.pick(Object.entries(PACKERS));
    return { pieces: sent(message, unique, pack(message.body), { 'content-encoding': encoding }), allowed: message.body.length === 0 ? [200, 202, 400] : TAKEN, authentic: message };
  },
  'packed bare': (random, unique) => {
    const message = content(random, unique);
    return { pieces: sent(message, unique, deflateRawSync(message.body), { 'content-encoding': 'deflate' }), allowed: TAKEN, authentic: message };
  },
  'packed and called otherwise': (random, unique) => {
    const message = content(random, unique);
    return { pieces: sent(message, unique, gzipSync(message.body), { 'content-encoding': random.pick(['br', 'deflate', 'zstd', 'compress', 'gzip, gzip', 'gzip;q=1', '\u00e9', 'x'.repeat(5_000), 'identity', '']) }), allowed: [400, 401] };
  },
  'not packed and called packed': (random, unique) => {
    const message = content(random, unique);
    return { pieces: sent(message, unique, message.body, { 'content-encoding': random.pick(['gzip', 'br', 'deflate', 'x-gzip']) }), allowed: [400, 401, 413] };
  },
  'packed and damaged': (random, unique) => {
    const message = content(random, unique);
    const [encoding, pack] = random.pick(Object.entries(PACKERS));
    const bytes = pack(message.body);
    if (random.chance(0.5)) return { pieces: sent(message, unique, bytes.subarray(0, random.below(bytes.length)), { 'content-encoding': encoding }), allowed: [400, 401, 413] };
    const at = random.below(bytes.length);
    bytes[at]! ^= 1 << random.below(8);
    // A flipped bit may hit a part of the head that says nothing.
    return { pieces: sent(message, unique, bytes, { 'content-encoding': encoding }), allowed: [400, 401, 413, ...TAKEN], authentic: message };
  },
  'packed twice, said once': (random, unique) => {
    const message = content(random, unique);
    const once = { ...message, body: gzipSync(message.body) };
    return { pieces: sent(once, unique, gzipSync(once.body), { 'content-encoding': 'gzip' }), allowed: TAKEN, authentic: once };
  },
  'packed in many parts': (random, unique) => {
    const message = content(random, unique);
    const middle = random.below(message.body.length + 1);
    return { pieces: sent(message, unique, Buffer.concat([gzipSync(message.body.subarray(0, middle)), gzipSync(message.body.subarray(middle))]), { 'content-encoding': 'gzip' }), allowed: TAKEN, authentic: message };
  },
  'any type': (random, unique) => {
    const message = content(random, unique);
    const types = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/json; charset=utf-16', 'application/json; charset=shift_jis', '', ';;;', 'a/b/c', 'application/octet-stream', 'x'.repeat(2_000)];
    return { pieces: sent(message, unique, message.body, { 'content-type': random.pick(types) }), allowed: TAKEN, authentic: message };
  },
};

export const LARGE_ATTACKS: Readonly<Record<string, Attack>> = {
  ...Object.fromEntries(Object.entries(LARGE).map(([name, make]) => [name, authentic(make)])),
  'exactly the limit, packed': (random, unique) => {
    const message: Message = { connection: 'shopify', topic: 'orders/updated', body: Buffer.from(`"${unique}"`.padEnd(LIMIT, ' ')) };
    const [encoding, pack] = random.pick(Object.entries(PACKERS));
    return { pieces: sent(message, unique, pack(message.body), { 'content-encoding': encoding }), allowed: TAKEN, authentic: message };
  },
  'a byte over the limit': (_, unique) => {
    const message: Message = { connection: 'shopify', topic: 'orders/updated', body: Buffer.from(`"${unique}"`.padEnd(LIMIT + 1, ' ')) };
    return { pieces: sent(message, unique), allowed: [413] };
  },
  'a byte over the limit, packed': (random, unique) => {
    const message: Message = { connection: 'easypost', body: Buffer.from(`"${unique}"`.padEnd(LIMIT + 1, ' ')) };
    const [encoding, pack] = random.pick(Object.entries(PACKERS));
    return { pieces: sent(message, unique, pack(message.body), { 'content-encoding': encoding }), allowed: [413] };
  },
  'a million keys': (_, unique) => {
    const message: Message = { connection: 'events', body: Buffer.from(`{"id":"${unique}",${Array.from({ length: 1_000_000 }, (_key, n) => `"k${n}":${n}`).join(',')}}`) };
    return { pieces: sent(message, unique), allowed: [413] };
  },
  'a bomb': async (random, unique) => {
    const encoding = random.pick(['gzip', 'deflate', 'br'] as const);
    const message: Message = { connection: random.pick(['events', 'shopify', 'easypost'] as const), body: await bomb(encoding) };
    return { pieces: sent(message, unique, message.body, { 'content-encoding': encoding }), allowed: [413] };
  },
  'a bomb of many parts': (_, unique) => {
    const part = gzipSync(Buffer.alloc(1 << 20));
    const message: Message = { connection: 'events', body: Buffer.concat(Array.from({ length: 500 }, () => part)) };
    return { pieces: sent(message, unique, message.body, { 'content-encoding': 'gzip' }), allowed: [413] };
  },
  'far over the limit': (_, unique) => {
    const message: Message = { connection: 'events', body: Buffer.from(unique) };
    const piece = Buffer.alloc(1 << 20, ' ');
    // Read to its end up to a limit of its own, so that an honest sender hears the answer.
    return { pieces: [headOf(message, unique, { 'content-length': String(40 << 20) }), ...Array<Buffer>(40).fill(piece)], allowed: [413] };
  },
  'without an end': (_, unique) => {
    const message: Message = { connection: 'events', body: Buffer.from(unique) };
    const piece = Buffer.alloc(1 << 20, ' ');
    return { pieces: [headOf(message, unique, { 'content-length': String(100 * 2 ** 30) }), ...Array<Buffer>(100).fill(piece)], allowed: [413, 'closed'] };
  },
};
