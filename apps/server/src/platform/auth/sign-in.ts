import { createHash } from 'node:crypto';
import type { PersonRecord, PersonStore, SessionStore, SignInAttempts } from '@orderwatch/db';
import { Busy, type Passwords } from './password.js';
import { hashToken, newToken } from './tokens.js';

const WINDOW_SECONDS = 15 * 60;
/** Failures that cost nothing; a person mistypes. */
const FREE = 3;
const LONGEST_DELAY_MS = 8_000;
/** Attempts under way at once: of one address against one account, and of one address. Delays alone slow nobody who asks in parallel. */
const MOST_OF_PAIR = 4;
const MOST_OF_ADDRESS = 40;

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 32);

/**
 * How long an attempt waits. Many failures of this address against this account wait longest; many against the account from
 * elsewhere wait a little, so that nobody can lock a colleague out; an address that tries many accounts waits as well.
 */
export function delayMs(failures: { readonly pair: number; readonly account: number; readonly address: number }): number {
  const pair = failures.pair > FREE ? Math.min(LONGEST_DELAY_MS, 250 * 2 ** (failures.pair - FREE)) : 0;
  const account = failures.account > 20 ? 1_000 : 0;
  const address = failures.address > 30 ? 2_000 : 0;
  return Math.max(pair, account, address);
}

export interface SignInParts {
  readonly people: PersonStore;
  readonly sessions: SessionStore;
  readonly attempts: SignInAttempts;
  readonly passwords: Passwords;
  readonly wait: (ms: number) => Promise<unknown>;
}

/** Answers with a new session's cookie value, or null: whether the person exists is told to nobody, in words or in time. */
export class SignIn {
  private readonly underWay = new Map<string, number>();

  constructor(private readonly parts: SignInParts) {}

  /** @throws {@link Busy} when the address has too many attempts waiting already. */
  async run(email: string, password: string, address: string): Promise<string | null> {
    const person = await this.check(email, password, address);
    if (!person) return null;
    const token = newToken('session');
    await this.parts.sessions.add(hashToken(token), person.id);
    return token;
  }

  /** Who has that password; slowed down like a sign-in, and counted with them. @throws {@link Busy} as above. */
  async check(email: string, password: string, address: string): Promise<PersonRecord | null> {
    const account = digest(email.trim().toLowerCase());
    const keys = { pair: `pair:${account}:${digest(address)}`, account: `account:${account}`, address: `address:${digest(address)}` };
    const [ofPair, ofAddress] = [this.underWay.get(keys.pair) ?? 0, this.underWay.get(keys.address) ?? 0];
    if (ofPair >= MOST_OF_PAIR || ofAddress >= MOST_OF_ADDRESS) throw new Busy('too many sign-ins of one address at once');
    this.underWay.set(keys.pair, ofPair + 1).set(keys.address, ofAddress + 1);
    try {
      return await this.attempt({ email, password, keys });
    } finally {
      for (const key of [keys.pair, keys.address]) {
        const left = (this.underWay.get(key) ?? 1) - 1;
        if (left > 0) this.underWay.set(key, left);
        else this.underWay.delete(key);
      }
    }
  }

  private async attempt({ email, password, keys }: { email: string; password: string; keys: Record<'pair' | 'account' | 'address', string> }): Promise<PersonRecord | null> {
    const { people, attempts, passwords, wait } = this.parts;
    // Counted before it is known to fail, and before the others are counted: of many at once, none passes as the first one.
    await attempts.add(Object.values(keys));
    const counts = await attempts.count(Object.values(keys), WINDOW_SECONDS);
    const before = (key: string): number => Math.max(0, (counts.get(key) ?? 1) - 1);
    const delay = delayMs({ pair: before(keys.pair), account: before(keys.account), address: before(keys.address) });
    if (delay > 0) await wait(delay);
    const person = await people.byEmail(email.trim());
    const isRight = await passwords.verify(password, person?.disabledAt ? null : (person?.password ?? null));
    if (!person || !isRight) return null;
    await attempts.forget([keys.pair, keys.account]);
    await attempts.takeBack(keys.address);
    return person;
  }
}
