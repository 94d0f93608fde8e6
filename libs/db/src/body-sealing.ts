/**
 * How bytes are sealed. This file is also what the sealing thread runs (`sealing-thread.ts`), so it stands alone: it imports nothing of ours.
 */
import { createCipheriv, createDecipheriv, type KeyObject, randomFillSync } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { deflateRawSync, inflateRawSync, type ZlibOptions } from 'node:zlib';

const IV = 12;
const TAG = 16;

const chance = Buffer.alloc(IV * 256);
let used = chance.length;

/** Twelve bytes of chance, drawn many at a time. */
function newIv(): Buffer {
  if (used === chance.length) {
    randomFillSync(chance);
    used = 0;
  }
  used += IV;
  return Buffer.from(chance.subarray(used - IV, used));
}

export function encrypt(key: KeyObject, plain: Buffer, context: string): Buffer {
  const iv = newIv();
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(context));
  const body = cipher.update(plain);
  cipher.final();
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

export function decrypt(key: KeyObject, sealed: Buffer, context: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV), { authTagLength: TAG });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(IV, IV + TAG));
  return Buffer.concat([decipher.update(sealed.subarray(IV + TAG)), decipher.final()]);
}

/** Small bodies need no 32 kB window, and a compressor with one costs more to set up than to run: its memory is fresh from the system each time. */
function deflation(size: number): ZlibOptions {
  const [windowBits, memLevel] = size <= 4_096 ? [12, 5] : size <= 8_192 ? [13, 6] : [15, 8];
  return { level: 1, windowBits, memLevel, chunkSize: Math.max(1_024, Math.min(65_536, size)) };
}

/** A delivery's bytes: deflated first (sealed bytes do not deflate), level 1 because the hot path pays for it. */
export const sealBody = (key: KeyObject, body: Buffer): Buffer => encrypt(key, deflateRawSync(body, deflation(body.length)), 'inbox');

/** @param size of what was sealed, bytes, where it is known: what is inflated then gets that much memory instead of 16 kB, and is not copied. */
export function openBody(key: KeyObject, sealed: Buffer, size?: number): Buffer {
  // One byte more: a full piece makes zlib ask for another one.
  const options = size === undefined ? {} : { chunkSize: Math.max(64, size + 1) };
  return inflateRawSync(decrypt(key, sealed, 'inbox'), options);
}

/** Bodies behind each other, as they travel between threads: memory is handed over, not copied. */
export interface Packed {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly lengths: readonly number[];
}

export interface SealingJob extends Packed {
  readonly work: 'seal' | 'open';
  /** Of what was sealed, where it is known. */
  readonly sizes?: readonly (number | undefined)[];
}

export interface SealingResult extends Packed {
  /** Why a body could not be opened, by its place; it is empty then. */
  readonly failures: Readonly<Record<number, string>>;
}

export function pack(bodies: readonly Buffer[]): Packed {
  const bytes = new Uint8Array(bodies.reduce((sum, body) => sum + body.length, 0));
  let at = 0;
  for (const body of bodies) {
    bytes.set(body, at);
    at += body.length;
  }
  return { bytes, lengths: bodies.map((body) => body.length) };
}

export function unpack({ bytes, lengths }: Packed): Buffer[] {
  let at = 0;
  return lengths.map((length) => {
    at += length;
    return Buffer.from(bytes.buffer, bytes.byteOffset + at - length, length);
  });
}

function done(key: KeyObject, job: SealingJob): SealingResult {
  const failures: Record<number, string> = {};
  const bodies = unpack(job).map((body, i) => {
    try {
      return job.work === 'seal' ? sealBody(key, body) : openBody(key, body, job.sizes?.[i]);
    } catch (error) {
      failures[i] = error instanceof Error ? error.message : String(error);
      return Buffer.alloc(0);
    }
  });
  return { ...pack(bodies), failures };
}

/** What a sealing thread is started with. */
export interface SealingThreadData {
  readonly sealingKey: KeyObject;
}

const { sealingKey: key } = (workerData ?? {}) as Partial<SealingThreadData>;
if (key) {
  parentPort?.on('message', (job: SealingJob) => {
    const result = done(key, job);
    parentPort?.postMessage(result, [result.bytes.buffer]);
  });
}
