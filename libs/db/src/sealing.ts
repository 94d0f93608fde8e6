import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes, randomFillSync } from 'node:crypto';
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

function encrypt(key: KeyObject, plain: Buffer, context: string): Buffer {
  const iv = newIv();
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(context));
  const body = cipher.update(plain);
  cipher.final();
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

function decrypt(key: KeyObject, sealed: Buffer, context: string): Buffer {
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

/** What a person's data is sealed with; destroying the stored key erases the person. */
export interface PersonKey {
  seal(text: string): Buffer;
  open(sealed: Buffer): string;
}

/**
 * AES-256-GCM under keys derived from the master secret. The context (`inbox`, `secrets` …) is authenticated,
 * so bytes cannot be moved from one column to another.
 */
export class Sealer {
  // Key objects: a key given as bytes is imported anew with every call, which costs more than the call.
  private readonly master: KeyObject;
  private readonly handles: KeyObject;

  constructor(secret: string) {
    if (secret.length < 16) throw new Error('ORDERWATCH_SECRET is too short: give it at least 16 characters');
    this.master = this.derive(secret, 'orderwatch sealing 1');
    this.handles = this.derive(secret, 'orderwatch handles 1');
  }

  private derive(secret: string, purpose: string): KeyObject {
    return createSecretKey(Buffer.from(hkdfSync('sha256', secret, 'orderwatch', purpose, 32)));
  }

  seal(plain: Buffer | string, context: string): Buffer {
    return encrypt(this.master, Buffer.from(plain), context);
  }

  open(sealed: Buffer, context: string): Buffer {
    return decrypt(this.master, sealed, context);
  }

  /** A delivery's bytes: deflated first (sealed bytes do not deflate), level 1 because the hot path pays for it. */
  sealBody(body: Buffer): Buffer {
    return encrypt(this.master, deflateRawSync(body, deflation(body.length)), 'inbox');
  }

  /** @param size of what was sealed, bytes, where it is known: what is inflated then gets that much memory instead of 16 kB, and is not copied. */
  openBody(sealed: Buffer, size?: number): Buffer {
    // One byte more: a full piece makes zlib ask for another one.
    const options = size === undefined ? {} : { chunkSize: Math.max(64, size + 1) };
    return inflateRawSync(decrypt(this.master, sealed, 'inbox'), options);
  }

  /** A new key for one person, in the sealed form in which it is stored. */
  newPersonKey(): Buffer {
    return this.seal(randomBytes(32), 'person key');
  }

  personKey(stored: Buffer): PersonKey {
    const key = createSecretKey(this.open(stored, 'person key'));
    return {
      seal: (text) => encrypt(key, Buffer.from(text), 'person'),
      open: (sealed) => decrypt(key, sealed, 'person').toString(),
    };
  }

  /** Finds equal e-mails and phones without storing them. */
  handleHash(kind: string, value: string): Buffer {
    return createHmac('sha256', this.handles).update(`${kind}\0${value}`).digest();
  }
}
