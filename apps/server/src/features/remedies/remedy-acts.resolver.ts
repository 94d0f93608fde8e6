import { Args, ID, Int, Mutation, Resolver } from '@nestjs/graphql';
import type { LookUpFinding } from '@orderwatch/domain';
import { Allow, CurrentPerson } from '../../platform/auth/allow.js';
import type { PersonPrincipal } from '../../platform/auth/principal.js';
import { RemedyStore, Transactions, type SealedDelivery } from '@orderwatch/db';
import { NotAllowed } from '../../platform/graphql/shared-types.js';
import { LookUpRemedy } from './execution/look-up-remedy.service.js';
import { EditRemedyInput, RemedyFinding, RemedyResult } from './remedies.types.js';
import { ReshipDelivery } from './proposals/reship-delivery.service.js';
import { ReviseRemedy, type By } from './proposals/revise-remedy.service.js';
import { LONGEST_TEXT, shownAnswer, uuid } from './shown-answer.js';
import { ShowRemedies } from './show-remedies.service.js';

const by = (actor: PersonPrincipal, mutationId: string): By => ({ actor, mutationId: uuid(mutationId, 'mutationId') });

/** What is done to a proposal beside deciding on it: changed, withdrawn, asked about, answered, tried again, looked up. */
@Resolver()
export class RemedyActsResolver {
  constructor(
    private readonly showing: ShowRemedies,
    private readonly revising: ReviseRemedy,
    private readonly lookingUp: LookUpRemedy,
    private readonly deliveries: ReshipDelivery,
    private readonly remedies: RemedyStore,
    private readonly db: Transactions,
  ) {}

  @Mutation(() => RemedyResult)
  @Allow('remedy.edit')
  async editRemedy(
    @Args('id', { type: () => ID }) id: string,
    @Args('revision', { type: () => Int }) revision: number,
    @Args('input', { type: () => EditRemedyInput }) input: EditRemedyInput,
    @Args('mutationId', { type: () => ID }) mutationId: string,
    @CurrentPerson() person: PersonPrincipal,
  ): Promise<typeof RemedyResult> {
    const delivery = await this.deliveryOf(uuid(id, 'id'), (orderId) => (input.delivery ? this.deliveries.prepare(orderId, input.delivery) : this.deliveries.renew(id, orderId)));
    if (typeof delivery === 'string') return Object.assign(new NotAllowed(), { reason: delivery, mutationId });
    const change = {
      amountMinor: input.amountMinor ?? null, currency: input.currency ?? null, lines: input.lines ?? [], reasonCode: input.reasonCode.slice(0, 60), reason: input.reason.slice(0, LONGEST_TEXT), evidenceFactIds: input.evidenceFactIds ?? [],
      ...(delivery === undefined ? {} : { delivery }),
    };
    return shownAnswer(this.showing, await this.revising.edit(uuid(id, 'id'), revision, change, by(person, mutationId)), person, mutationId);
  }

  @Mutation(() => RemedyResult)
  @Allow('remedy.edit')
  async withdrawRemedy(
    @Args('id', { type: () => ID }) id: string,
    @Args('revision', { type: () => Int }) revision: number,
    @Args('mutationId', { type: () => ID }) mutationId: string,
    @CurrentPerson() person: PersonPrincipal,
  ): Promise<typeof RemedyResult> {
    return shownAnswer(this.showing, await this.revising.withdraw(uuid(id, 'id'), revision, by(person, mutationId)), person, mutationId);
  }

  @Mutation(() => RemedyResult)
  @Allow('remedy.ask')
  async askAboutRemedy(
    @Args('id', { type: () => ID }) id: string,
    @Args('question', { type: () => String }) question: string,
    @Args('mutationId', { type: () => ID }) mutationId: string,
    @CurrentPerson() person: PersonPrincipal,
  ): Promise<typeof RemedyResult> {
    return shownAnswer(this.showing, await this.revising.ask(uuid(id, 'id'), question.slice(0, LONGEST_TEXT), by(person, mutationId)), person, mutationId);
  }

  @Mutation(() => RemedyResult)
  @Allow('remedy.answer')
  async answerAboutRemedy(
    @Args('id', { type: () => ID }) id: string,
    @Args('answer', { type: () => String }) answer: string,
    @Args('mutationId', { type: () => ID }) mutationId: string,
    @CurrentPerson() person: PersonPrincipal,
  ): Promise<typeof RemedyResult> {
    return shownAnswer(this.showing, await this.revising.answer(uuid(id, 'id'), answer.slice(0, LONGEST_TEXT), by(person, mutationId)), person, mutationId);
  }

  @Mutation(() => RemedyResult)
  @Allow('remedy.retry')
  async retryRemedy(
    @Args('id', { type: () => ID }) id: string,
    @Args('revision', { type: () => Int }) revision: number,
    @Args('reason', { type: () => String }) reason: string,
    @Args('mutationId', { type: () => ID }) mutationId: string,
    @CurrentPerson() person: PersonPrincipal,
  ): Promise<typeof RemedyResult> {
    const renewed = await this.deliveryOf(uuid(id, 'id'), (orderId) => this.deliveries.renew(id, orderId));
    return shownAnswer(this.showing, await this.revising.retry(id, revision, reason.slice(0, LONGEST_TEXT), by(person, mutationId), renewed), person, mutationId);
  }

  /** Reships alone go somewhere. Read before the act's transaction: it asks outside systems. */
  private async deliveryOf<T extends SealedDelivery | string>(id: string, read: (orderId: string) => Promise<T | undefined>): Promise<T | undefined> {
    const record = await this.remedies.find(this.db, id);
    return record?.remedy.kind === 'reship' ? read(record.orderId) : undefined;
  }

  @Mutation(() => RemedyResult)
  @Allow('remedy.look_up')
  async lookUpRemedy(
    @Args('id', { type: () => ID }) id: string,
    @Args('finding', { type: () => RemedyFinding }) finding: RemedyFinding,
    @Args('reference', { type: () => String, nullable: true }) reference: string | null,
    @Args('reason', { type: () => String }) reason: string,
    @Args('mutationId', { type: () => ID }) mutationId: string,
    @CurrentPerson() person: PersonPrincipal,
  ): Promise<typeof RemedyResult> {
    const found: LookUpFinding = finding === RemedyFinding.happened ? { is: 'happened', reference: reference ?? '' } : { is: finding };
    return shownAnswer(this.showing, await this.lookingUp.run(uuid(id, 'id'), found, reason.slice(0, LONGEST_TEXT), by(person, mutationId)), person, mutationId);
  }
}
