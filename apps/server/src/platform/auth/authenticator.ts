import type { IncomingHttpHeaders } from 'node:http';
import type { ApiTokenStore, SessionRecord, SessionStore } from '@orderwatch/db';
import type { SessionCookie } from './cookies.js';
import type { Principal } from './principal.js';
import { hashToken } from './tokens.js';

/** What a connection proved itself with; asked again while a socket stays open. */
export interface Credential {
  readonly kind: 'session' | 'token';
  readonly hash: Buffer;
}

interface Remembered {
  readonly principal: Principal;
  readonly until: number;
}

/** A role taken away is felt within this time. */
const REMEMBER_MS = 3_000;
const TOUCH_SECONDS = 60;
const MOST_REMEMBERED = 10_000;

export function personOf(session: SessionRecord): Principal {
  return { kind: 'person', id: session.id, name: session.name, email: session.email, role: session.role, ...(session.isDelegate ? { isDelegate: true } : {}) };
}

/** Says who asks. The role is read again with every request, but for a few seconds of memory. */
export class Authenticator {
  private readonly memory = new Map<string, Remembered>();

  constructor(
    private readonly sessions: SessionStore,
    private readonly tokens: ApiTokenStore,
    private readonly cookie: SessionCookie,
    private readonly now: () => number = Date.now,
  ) {}

  /** A token goes before a cookie: a program that sends one means it. */
  credentialOf(headers: IncomingHttpHeaders): Credential | null {
    const bearer = /^Bearer ([\x21-\x7e]{10,200})$/i.exec(headers.authorization ?? '')?.[1];
    if (bearer) return { kind: 'token', hash: hashToken(bearer) };
    if (headers.authorization) return null;
    const session = this.cookie.read(headers.cookie);
    return session ? { kind: 'session', hash: hashToken(session) } : null;
  }

  /** @param isHands the person does this, not a window that reads by itself: their session goes on from now. */
  async principalOf(credential: Credential, isHands: boolean): Promise<Principal | null> {
    const key = `${credential.kind} ${credential.hash.toString('base64')}`;
    const known = this.memory.get(key);
    if (known && known.until > this.now()) return known.principal;
    this.memory.delete(key);
    const principal = credential.kind === 'session' ? await this.bySession(credential.hash, isHands) : await this.byToken(credential.hash);
    if (!principal) return null;
    if (this.memory.size >= MOST_REMEMBERED) this.memory.clear();
    this.memory.set(key, { principal, until: this.now() + REMEMBER_MS });
    return principal;
  }

  /** Those credentials that are still good, and as whom. One statement for all open sockets. */
  async recheck(credentials: readonly Credential[]): Promise<Map<string, Principal>> {
    const live = new Map<string, Principal>();
    const hashes = credentials.filter((c) => c.kind === 'session').map((c) => c.hash);
    for (const session of await this.sessions.live(hashes)) live.set(session.tokenHash.toString('base64'), personOf(session));
    for (const { kind, hash } of credentials) {
      if (kind !== 'token') continue;
      const principal = await this.byToken(hash);
      if (principal) live.set(hash.toString('base64'), principal);
    }
    return live;
  }

  async end(credential: Credential): Promise<void> {
    this.memory.delete(`${credential.kind} ${credential.hash.toString('base64')}`);
    if (credential.kind === 'session') await this.sessions.end(credential.hash);
  }

  private async bySession(hash: Buffer, isHands: boolean): Promise<Principal | null> {
    const [session] = await this.sessions.live([hash]);
    if (!session) return null;
    if (isHands && session.restedSeconds > TOUCH_SECONDS) await this.sessions.touch(hash);
    return personOf(session);
  }

  private async byToken(hash: Buffer): Promise<Principal | null> {
    const token = await this.tokens.byHash(hash);
    if (!token) return null;
    await this.tokens.touch(token.id);
    return { kind: 'token', ...token };
  }
}
