import { createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { decrypt, encrypt, openBody, sealBody } from './body-sealing.js';
import { describeError } from './database-errors.js';
import { SealingThread } from './sealing-thread.js';

/** From here on a batch is handed to the other thread: below it costs more to hand over than to do. Bytes. */
const WORTH_HANDING_OVER = 16_384;

/** Bytes that were sealed, with the size that they had, where it is known. */
export interface SealedBody {
  readonly sealed: Buffer;
  readonly size?: number;
}

/** What became of it: its bytes, or why they cannot be opened. */
export interface OpenedBody {
  readonly body: Buffer;
  readonly unreadable?: string;
}

const total = (bodies: readonly Buffer[]): number => bodies.reduce((sum, body) => sum + body.length, 0);

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
  private readonly thread: SealingThread;

  constructor(secret: string) {
    if (secret.length < 16) throw new Error('ORDERWATCH_SECRET is too short: give it at least 16 characters');
    this.master = this.derive(secret, 'orderwatch sealing 1');
    this.handles = this.derive(secret, 'orderwatch handles 1');
    this.thread = new SealingThread(this.master);
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

  /** A delivery's bytes, deflated. */
  sealBody(body: Buffer): Buffer {
    return sealBody(this.master, body);
  }

  /** Those of a batch, in their order. */
  async sealBodies(bodies: readonly Buffer[]): Promise<Buffer[]> {
    if (total(bodies) >= WORTH_HANDING_OVER) {
      const done = await this.thread.run('seal', bodies).catch(() => undefined);
      if (done && Object.keys(done.failures).length === 0) return done.bodies;
    }
    return bodies.map((body) => this.sealBody(body));
  }

  /** @param size of what was sealed, bytes, where it is known. @throws when they are not what was sealed. */
  openBody(sealed: Buffer, size?: number): Buffer {
    return openBody(this.master, sealed, size);
  }

  /** Those of a batch, in their order; one that cannot be opened does not fail the others. */
  async openBodies(bodies: readonly SealedBody[]): Promise<OpenedBody[]> {
    const sealed = bodies.map((body) => body.sealed);
    const done = total(sealed) >= WORTH_HANDING_OVER ? await this.thread.run('open', sealed, bodies.map(({ size }) => size)).catch(() => undefined) : undefined;
    if (done) return done.bodies.map((body, i) => ({ body, ...(i in done.failures ? { unreadable: done.failures[i] } : {}) }) as OpenedBody);
    return bodies.map(({ sealed: one, size }) => {
      try {
        return { body: this.openBody(one, size) };
      } catch (error) {
        return { body: Buffer.alloc(0), unreadable: describeError(error) };
      }
    });
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
