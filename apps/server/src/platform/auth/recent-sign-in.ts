import { Injectable } from '@nestjs/common';
import { SessionStore } from '@orderwatch/db';
import type { FastifyRequest } from 'fastify';
import { Authenticator } from './authenticator.js';

/** How recently somebody must have given their password before they let money go, seconds. */
export const RECENT_SIGN_IN_SECONDS = 5 * 60;

/** Asks the database, in its own time: a confirmation counts at once, in every process. */
@Injectable()
export class RecentSignIn {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly sessions: SessionStore,
  ) {}

  /** Whether who asks gave their password within {@link RECENT_SIGN_IN_SECONDS}. A token never has. */
  async isRecent({ headers, principal }: Pick<FastifyRequest, 'headers' | 'principal'>): Promise<boolean> {
    const credential = this.authenticator.credentialOf(headers);
    return credential?.kind === 'session' && principal?.kind === 'person' && (await this.sessions.isRecent(credential.hash, principal.id, RECENT_SIGN_IN_SECONDS));
  }
}
