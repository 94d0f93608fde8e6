import { Args, ArgsType, Field, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow, CurrentPerson } from '../../../platform/auth/allow.js';
import type { PersonPrincipal } from '../../../platform/auth/principal.js';
import { uuid } from '../../../platform/graphql/ids.js';
import { NotAllowed } from '../../../platform/graphql/shared-types.js';
import { SaveView, type ViewResult, type ViewTarget } from './saved-view.service.js';
import { SavedViewConflict, SavedViewCount, SavedViewDone, SavedViewInput, SavedViewResult, SavedViews, type SavedViewAnswer } from './saved-view.types.js';
import { savedViewOf, ShowSavedViews } from './show-saved-views.service.js';

@ArgsType()
class ViewArgs {
  @Field(() => ID) id!: string;
  @Field(() => Int) expectedVersion!: number;
  @Field(() => ID) mutationId!: string;
}

@ArgsType()
class UpdateViewArgs extends ViewArgs {
  @Field(() => SavedViewInput) input!: SavedViewInput;
}

@ArgsType()
class ShareViewArgs extends ViewArgs {
  @Field(() => String) purpose!: string;
}

function targetOf({ id, expectedVersion, mutationId }: ViewArgs): ViewTarget {
  return { id: uuid(id, 'id'), expectedVersion, mutationId: uuid(mutationId, 'mutationId') };
}

function answerOf(result: ViewResult, mutationId: string, person: PersonPrincipal): SavedViewAnswer {
  if (result.kind === 'not_allowed') return Object.assign(new NotAllowed(), { reason: result.reason, mutationId });
  const view = result.view ? savedViewOf(result.view, person) : null;
  if (result.kind === 'done') return Object.assign(new SavedViewDone(), { view, mutationId });
  return Object.assign(new SavedViewConflict(), { message: result.message, by: result.view?.changedByName ?? null, at: result.view?.updatedAt ?? null, view, mutationId });
}

/** Views that persons and the team keep beside the shipped ones. */
@Resolver()
export class SavedViewsResolver {
  constructor(
    private readonly showing: ShowSavedViews,
    private readonly saving: SaveView,
  ) {}

  @Query(() => SavedViews)
  @Allow('view.read')
  savedViews(@CurrentPerson() person: PersonPrincipal): Promise<SavedViews> {
    return this.showing.all(person);
  }

  @Query(() => [SavedViewCount])
  @Allow('view.read')
  savedViewCounts(@CurrentPerson() person: PersonPrincipal): Promise<readonly SavedViewCount[]> {
    return this.showing.counts(person);
  }

  @Mutation(() => SavedViewResult)
  @Allow('view.save')
  async createView(
    @Args('input', { type: () => SavedViewInput }) input: SavedViewInput, @Args('mutationId', { type: () => ID }) mutationId: string, @CurrentPerson() person: PersonPrincipal,
  ): Promise<SavedViewAnswer> {
    return answerOf(await this.saving.create(input, uuid(mutationId, 'mutationId'), person), mutationId, person);
  }

  @Mutation(() => SavedViewResult)
  @Allow('view.save')
  async updateView(@Args() args: UpdateViewArgs, @CurrentPerson() person: PersonPrincipal): Promise<SavedViewAnswer> {
    return answerOf(await this.saving.update(targetOf(args), args.input, person), args.mutationId, person);
  }

  @Mutation(() => SavedViewResult)
  @Allow('view.save')
  async deleteView(@Args() args: ViewArgs, @CurrentPerson() person: PersonPrincipal): Promise<SavedViewAnswer> {
    return answerOf(await this.saving.delete(targetOf(args), person), args.mutationId, person);
  }

  @Mutation(() => SavedViewResult)
  @Allow('view.share')
  async shareView(@Args() args: ShareViewArgs, @CurrentPerson() person: PersonPrincipal): Promise<SavedViewAnswer> {
    return answerOf(await this.saving.share(targetOf(args), args.purpose, person), args.mutationId, person);
  }

  @Mutation(() => SavedViewResult)
  @Allow('view.share')
  async unshareView(@Args() args: ViewArgs, @CurrentPerson() person: PersonPrincipal): Promise<SavedViewAnswer> {
    return answerOf(await this.saving.unshare(targetOf(args), person), args.mutationId, person);
  }

  /** Sent again it says the same; the last one wins. */
  @Mutation(() => [ID])
  @Allow('view.save')
  pinViews(@Args('ids', { type: () => [ID] }) ids: string[], @CurrentPerson() person: PersonPrincipal): Promise<readonly string[]> {
    return this.saving.pin(ids.map((id) => uuid(id, 'ids')), person);
  }
}
