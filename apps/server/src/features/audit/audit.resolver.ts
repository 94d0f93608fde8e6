import { Args, ID, Int, Query, Resolver } from '@nestjs/graphql';
import { Allow, CurrentPerson } from '../../platform/auth/allow.js';
import type { PersonPrincipal } from '../../platform/auth/principal.js';
import { badInput } from '../../platform/errors/refusals.js';
import { uuid } from '../../platform/graphql/ids.js';
import { AuditEntry, AuditNewer, AuditPage } from './audit.types.js';
import { ShowAudit } from './show-audit.service.js';

/** Id of an entry. */
const ENTRY = /^\d{1,18}$/;

@Resolver()
export class AuditResolver {
  constructor(private readonly showing: ShowAudit) {}

  @Query(() => AuditPage, { description: 'As written: actor:ana action:refund.* order:10482 amount:>100 since:2026-11-01 -result:ok request:…, and free text. Newest first; problems: what of it was not understood.' })
  @Allow('audit.read')
  auditLog(
    @Args('query', { type: () => String, defaultValue: '' }) query: string,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
    @Args('first', { type: () => Int, defaultValue: 100 }) first: number,
    @CurrentPerson() person: PersonPrincipal,
  ): Promise<AuditPage> {
    if (after != null && !ENTRY.test(after)) throw badInput('after must be what a page before gave as next.');
    return this.showing.search(query, after ?? null, first, person);
  }

  @Query(() => AuditNewer, { description: 'How many entries that fit came since, so that a list need not move by itself.' })
  @Allow('audit.read')
  auditNewer(@Args('query', { type: () => String, defaultValue: '' }) query: string, @Args('than', { type: () => ID }) than: string, @CurrentPerson() person: PersonPrincipal): Promise<AuditNewer> {
    if (!ENTRY.test(than)) throw badInput('than must be the id of an entry.');
    return this.showing.newer(query, than, person);
  }

  @Query(() => [AuditEntry], { description: 'All that was done about an order, oldest first. source: audit (chained), case (its history).' })
  @Allow('audit.read')
  auditStory(@Args('orderId', { type: () => ID }) orderId: string, @CurrentPerson() person: PersonPrincipal): Promise<AuditEntry[]> {
    return this.showing.story(uuid(orderId, 'orderId'), person);
  }
}
