import type { AccessSubject, PersonRole } from '@orderwatch/domain';

/** A signed-in person. */
export interface PersonPrincipal {
  readonly kind: 'person';
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: PersonRole;
  /** A manager has named them, and the dates last: they may decide in that manager's stead. */
  readonly isDelegate?: boolean;
}

/** A program with an API token. */
export interface TokenPrincipal {
  readonly kind: 'token';
  readonly id: string;
  readonly name: string;
  readonly scope: 'read' | 'write';
}

export type Principal = PersonPrincipal | TokenPrincipal;

/** The column of the role matrix that this caller stands in. */
export function subjectOf(principal: Principal | null | undefined): AccessSubject {
  if (!principal) return 'anonymous';
  return principal.kind === 'person' ? principal.role : `token_${principal.scope}`;
}
