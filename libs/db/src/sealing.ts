import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

const IV = 12;
const TAG = 16;

function encrypt(key: Buffer, plain: Buffer, context: string): Buffer {
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(context));
  const body = cipher.update(plain);
  cipher.final();
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

function decrypt(key: Buffer, sealed: Buffer, context: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV), { authTagLength: TAG });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(IV, IV + TAG));
  return Buffer.concat([decipher.update(sealed.subarray(IV + TAG)), decipher.final()]);
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
  private readonly master: Buffer;
  private readonly handles: Buffer;

  constructor(secret: string) {
    if (secret.length < 16) throw new Error('ORDERWATCH_SECRET is too short: give it at least 16 characters');
    this.master = this.derive(secret, 'orderwatch sealing 1');
    this.handles = this.derive(secret, 'orderwatch handles 1');
  }

  private derive(secret: string, purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', secret, 'orderwatch', purpose, 32));
  }

  seal(plain: Buffer | string, context: string): Buffer {
    return encrypt(this.master, Buffer.from(plain), context);
  }

  open(sealed: Buffer, context: string): Buffer {
    return decrypt(this.master, sealed, context);
  }

  /** A delivery's bytes: deflated first (sealed bytes do not deflate), level 1 because the hot path pays for it. */
  sealBody(body: Buffer): Buffer {
    return encrypt(this.master, deflateRawSync(body, { level: 1 }), 'inbox');
  }

  openBody(sealed: Buffer): Buffer {
    return inflateRawSync(decrypt(this.master, sealed, 'inbox'));
  }

  /** A new key for one person, in the sealed form in which it is stored. */
  newPersonKey(): Buffer {
    return this.seal(randomBytes(32), 'person key');
  }

  personKey(stored: Buffer): PersonKey {
    const key = this.open(stored, 'person key');
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
