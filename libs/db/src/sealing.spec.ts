import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Sealer } from './sealing.js';

const sealer = new Sealer('a master secret of a test');
/** About the sizes at which bodies are deflated or inflated in another way. */
const SIZES = [0, 1, 63, 64, 1_024, 4_096, 8_192, 65_536].flatMap((size) => [size, size + 1]);
const bodies = fc.oneof(
  fc.uint8Array({ maxLength: 20_000 }).map((bytes) => Buffer.from(bytes)),
  fc.tuple(fc.constantFrom(...SIZES), fc.string({ minLength: 1 })).map(([size, text]) => Buffer.alloc(size, text)),
);

describe('sealed bodies', () => {
  it('are opened to what they were, whether or not their size is known, or known wrongly', () => {
    fc.assert(fc.property(bodies, fc.nat(10_000), (body, wrong) => {
      const sealed = sealer.sealBody(body);
      for (const size of [undefined, body.length, wrong]) expect(sealer.openBody(sealed, size).equals(body)).toBe(true);
    }));
  });

  it('are not opened with another key, nor when a bit of them was turned', () => {
    const sealed = sealer.sealBody(Buffer.from('a body'));
    expect(() => new Sealer('another secret of a test').openBody(sealed)).toThrow();
    fc.assert(fc.property(fc.nat(sealed.length - 1), fc.nat(7), (at, bit) => {
      const turned = Buffer.from(sealed);
      turned[at] = (turned[at] ?? 0) ^ (1 << bit);
      expect(() => sealer.openBody(turned)).toThrow();
    }));
  });
});
