import { ArgsType, Field, ID, Int } from '@nestjs/graphql';
import { Injectable } from '@nestjs/common';
import type { PersonPrincipal } from '../../../platform/auth/principal.js';
import { CaseViews } from '../../../platform/cases/case-views.js';
import { Conflict, Done, type CaseAnswer } from '../../../platform/graphql/case-types.js';
import { uuid } from '../../../platform/graphql/ids.js';
import { NotAllowed } from '../../../platform/graphql/shared-types.js';
import type { ActResult } from './case-act.service.js';
import type { Target } from './case-commands.service.js';

/** What every act on a case names. */
@ArgsType()
export class CaseArgs {
  @Field(() => ID) id!: string;
  @Field(() => Int) expectedVersion!: number;
  @Field(() => ID) mutationId!: string;
}

export function targetOf({ id, expectedVersion, mutationId }: CaseArgs): Target {
  return { orderId: uuid(id, 'id'), expectedVersion, mutationId: uuid(mutationId, 'mutationId') };
}

/** What an act came to, as the caller is told: with the case as it is now, also when somebody else was faster. */
@Injectable()
export class CaseAnswers {
  constructor(private readonly views: CaseViews) {}

  /** `upNext`: cases to be sent along with what was done. */
  async of(result: ActResult, mutationId: string, person: PersonPrincipal, upNext: readonly string[] = []): Promise<CaseAnswer> {
    if (result.kind === 'not_allowed') return Object.assign(new NotAllowed(), { reason: result.reason, mutationId });
    const [view = null, ...more] = await Promise.all([result.orderId, ...upNext].map(async (orderId) => (orderId === null ? null : this.views.view(orderId, person))));
    if (result.kind === 'done') return Object.assign(new Done(), { case: view, upNext: more.filter((each) => each !== null), mutationId });
    return Object.assign(new Conflict(), { message: result.message, by: result.by, at: result.at, case: view, mutationId });
  }
}
