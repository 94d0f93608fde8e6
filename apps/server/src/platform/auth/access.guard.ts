import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { mayDo, mayDoInStead } from '@orderwatch/domain';
import { forbidden, unauthenticated } from '../errors/refusals.js';
import { ALLOW, requestOf } from './allow.js';
import { DeniedAttempts } from './denied-attempts.js';
import { subjectOf, type Principal } from './principal.js';

/** The one question, for GraphQL, HTTP and sockets alike. An action that was not named is denied to everybody. */
export function assertMayDo(principal: Principal | null, action: string | undefined): void {
  if (action !== undefined && mayDo(subjectOf(principal), action)) return;
  if (action !== undefined && principal?.kind === 'person' && principal.isDelegate && mayDoInStead(principal.role, action)) return;
  if (!principal) throw unauthenticated();
  throw forbidden();
}

/** Asks it before every resolver and controller method. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly denied: DeniedAttempts,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const action = this.reflector.get<string | undefined>(ALLOW, context.getHandler());
    const { principal } = requestOf(context);
    try {
      assertMayDo(principal, action);
    } catch (error) {
      await this.denied.note(principal, action);
      throw error;
    }
    return true;
  }
}
