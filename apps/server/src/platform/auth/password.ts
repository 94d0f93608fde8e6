import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2);

interface Cost {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** OWASP's floor for argon2id. */
const COST: Cost = { memory: 19_456, passes: 2, parallelism: 1 };
const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;
const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

/** Too many sign-ins at once: hashing must not eat the machine. */
export class Busy extends Error {}

/** Hashes and checks passwords, a few at a time: each costs 19 MiB and a core. */
export class Passwords {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  /** Checked when there is no such person, so that both answers take as long. */
  private decoy: Promise<string> | undefined;

  constructor(
    private readonly width = 4,
    private readonly mostWaiting = 200,
  ) {}

  async hash(password: string): Promise<string> {
    const salt = randomBytes(16);
    const tag = await this.bounded(() => this.tag(password, salt, COST, 32));
    return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${unpadded(salt)}$${unpadded(tag)}`;
  }

  /** `stored` null = nobody, or somebody without a password: the same work, and no. */
  async verify(password: string, stored: string | null): Promise<boolean> {
    this.decoy ??= this.hash('nobody has this password');
    const [, memory, passes, parallelism, salt = '', expected = ''] = PHC.exec(stored ?? (await this.decoy)) ?? [];
    if (!memory) return false;
    const wanted = Buffer.from(expected, 'base64');
    const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
    const tag = await this.bounded(() => this.tag(password, Buffer.from(salt, 'base64'), cost, wanted.length));
    return timingSafeEqual(tag, wanted) && stored !== null;
  }

  private tag(password: string, nonce: Buffer, cost: Cost, tagLength: number): Promise<Buffer> {
    return derive('argon2id', { message: password.normalize('NFKC'), nonce, tagLength, ...cost });
  }

  private async bounded<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.width) {
      if (this.waiting.length >= this.mostWaiting) throw new Busy('too many sign-ins at once');
      await new Promise<void>((go) => this.waiting.push(go));
    } else {
      this.running += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
