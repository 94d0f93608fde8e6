import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { Action } from '@orderwatch/domain';
import type { FastifyRequest } from 'fastify';
import { forbidden, unauthenticated } from '../errors/refusals.js';
import type { PersonPrincipal, Principal } from './principal.js';

export const ALLOW = 'orderwatch:allow';

/** Names the action of the role matrix that this resolver or route is. Without it, nobody gets in. */
export const Allow = (action: Action): MethodDecorator => SetMetadata(ALLOW, action);

/** What a GraphQL resolver's context holds. */
export interface GraphqlContext {
  readonly request: FastifyRequest;
}

export function requestOf(context: ExecutionContext): FastifyRequest {
  if (context.getType<string>() === 'graphql') return GqlExecutionContext.create(context).getContext<GraphqlContext>().request;
  return context.switchToHttp().getRequest<FastifyRequest>();
}

/** Who asks: a person or an API token. */
export const CurrentPrincipal = createParamDecorator((_data: unknown, context: ExecutionContext): Principal => {
  const { principal } = requestOf(context);
  if (!principal) throw unauthenticated();
  return principal;
});

/** Who asks, where only a person can. */
export const CurrentPerson = createParamDecorator((_data: unknown, context: ExecutionContext): PersonPrincipal => {
  const { principal } = requestOf(context);
  if (!principal) throw unauthenticated();
  if (principal.kind !== 'person') throw forbidden('Only a person can do this.');
  return principal;
});

/** The request itself, where who asks is not enough: with which session, and since when. */
export const CurrentRequest = createParamDecorator((_data: unknown, context: ExecutionContext): FastifyRequest => requestOf(context));
