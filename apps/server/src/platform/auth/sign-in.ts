import { createHash } from 'node:crypto';
import type { PersonStore, SessionStore, SignInAttempts } from '@orderwatch/db';
import type { Passwords } from './password.js';
import { hashToken, newToken } from './tokens.js';

const WINDOW_SECONDS = 15 * 60;
/** Failures that cost nothing; a person mistypes. */
const FREE = 3;
const LONGEST_DELAY_MS = 8_000;

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
  constructor(private readonly parts: SignInParts) {}

  async run(email: string, password: string, address: string): Promise<string | null> {
    const { people, sessions, attempts, passwords, wait } = this.parts;
    const account = digest(email.trim().toLowerCase());
    const keys = { pair: `pair:${account}:${digest(address)}`, account: `account:${account}`, address: `address:${digest(address)}` };
    const counts = await attempts.count(Object.values(keys), WINDOW_SECONDS);
    const delay = delayMs({ pair: counts.get(keys.pair) ?? 0, account: counts.get(keys.account) ?? 0, address: counts.get(keys.address) ?? 0 });
    // Counted before it is known to fail: a hundred attempts at once must not all pass as the first one.
    await attempts.add(Object.values(keys));
    if (delay > 0) await wait(delay);
    const person = await people.byEmail(email.trim());
    const isRight = await passwords.verify(password, person?.disabledAt ? null : (person?.password ?? null));
    if (!person || !isRight) return null;
    await attempts.forget([keys.pair, keys.account]);
    await attempts.takeBack(keys.address);
    const token = newToken('session');
    await sessions.add(hashToken(token), person.id);
    return token;
  }
}
