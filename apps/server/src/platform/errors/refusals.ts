import { GraphQLError } from 'graphql';

/** Refusals carry a code for GraphQL and a status for HTTP; their words are for people and are never masked. */
export class Refusal extends GraphQLError {
  constructor(
    message: string,
    readonly status: number,
    code: string,
  ) {
    super(message, { extensions: { code } });
    this.name = 'Refusal';
  }
}

export const unauthenticated = (why = 'Sign in first.'): Refusal => new Refusal(why, 401, 'UNAUTHENTICATED');
export const forbidden = (why = 'Your role does not allow this.'): Refusal => new Refusal(why, 403, 'FORBIDDEN');
export const badInput = (why: string): Refusal => new Refusal(why, 400, 'BAD_USER_INPUT');
export const notFound = (): Refusal => new Refusal('There is nothing at this address.', 404, 'NOT_FOUND');
export const tooMany = (): Refusal => new Refusal('Too many attempts at once; try again in a moment.', 429, 'TOO_MANY');
