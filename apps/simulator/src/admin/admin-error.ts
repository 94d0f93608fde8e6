import { GraphQLError } from 'graphql';

/** A top-level error of the Admin API with its code. */
export class AdminError extends GraphQLError {
  constructor(message: string, code: string) {
    super(message, { extensions: { code } });
  }
}
