import { PassThrough, Readable } from 'node:stream';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { BODY_LIMIT, readBody } from './read-body.js';

const PACKERS = [['gzip', gzipSync], ['deflate', deflateSync], ['deflate', deflateRawSync], ['br', brotliCompressSync]] as const;
const MIB = 1 << 20;
const inPieces = (body: Buffer): Readable => Readable.from((function* pieces() {
  for (let from = 0; from < body.length; from += 65_536) yield body.subarray(from, from + 65_536);
})());

describe('readBody', () => {
  it('gives the bytes as they came, up to the limit and not one more', async () => {
    const body = Buffer.alloc(BODY_LIMIT, 'x');
    expect((await readBody(inPieces(body), undefined)).equals(body)).toBe(true);
    await expect(readBody(inPieces(Buffer.alloc(BODY_LIMIT + 1)), undefined)).rejects.toMatchObject({ status: 413 });
    expect(await readBody(inPieces(Buffer.alloc(0)), '')).toHaveLength(0);
  });

  it.each(PACKERS)('counts what comes out of %s, not what went in', async (encoding, pack) => {
    const body = Buffer.alloc(BODY_LIMIT, 'x');
    expect((await readBody(inPieces(pack(body)), encoding)).equals(body)).toBe(true);
    await expect(readBody(inPieces(pack(Buffer.alloc(BODY_LIMIT + 1))), encoding)).rejects.toMatchObject({ status: 413 });
  });

  it.each(PACKERS)('takes no %s that ends too early', async (encoding, pack) => {
    const packed = pack(Buffer.from('{"id": "a body that says something"}'));
    await expect(readBody(inPieces(packed.subarray(0, -4)), encoding)).rejects.toMatchObject({ status: 400 });
  });

  it('takes no body whose sender broke off', async () => {
    const request = new PassThrough();
    const reading = readBody(request, undefined);
    request.write('{"half":');
    request.destroy(new Error('aborted'));
    await expect(reading).rejects.toMatchObject({ status: 400 });
    const gone = new PassThrough();
    const waiting = readBody(gone, undefined);
    gone.destroy();
    await expect(waiting).rejects.toMatchObject({ status: 400 });
  });

  it('reads what is too long to its end, so that the sender hears why, but not for ever', async () => {
    let read = 0;
    const endless = new Readable({
      read() {
        read += MIB;
        this.push(read > 200 * MIB ? null : Buffer.alloc(MIB));
      },
    });
    await expect(readBody(endless, undefined)).rejects.toMatchObject({ status: 413 });
    expect(read).toBeLessThan(70 * MIB);
    expect(endless.destroyed).toBe(false);
    let rest = 0;
    const long = Readable.from((function* pieces() {
      for (rest = 0; rest < 20; rest += 1) yield Buffer.alloc(MIB);
    })());
    await expect(readBody(long, undefined)).rejects.toMatchObject({ status: 413 });
    expect(rest).toBe(20);
  });
});
