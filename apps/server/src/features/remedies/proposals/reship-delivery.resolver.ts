import { Inject } from '@nestjs/common';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { addressLines, mayDo, type PersonRole } from '@orderwatch/domain';
import { Transactions, type OpenDelivery } from '@orderwatch/db';
import { Allow, CurrentPerson } from '../../../platform/auth/allow.js';
import type { PersonPrincipal } from '../../../platform/auth/principal.js';
import { badInput } from '../../../platform/errors/refusals.js';
import { REMEDY_POLICY, type RemedyPolicies } from '../policy/remedy-policy.js';
import { ReshipDelivery } from './reship-delivery.service.js';
import { ReshipBasis, type RemedyDelivery } from './reship-delivery.types.js';
import { uuid } from '../shown-answer.js';

/** What is known of a reship before the click. */
@Resolver()
export class ReshipDeliveryResolver {
  constructor(
    private readonly deliveries: ReshipDelivery,
    private readonly db: Transactions,
    @Inject(REMEDY_POLICY) private readonly policies: RemedyPolicies,
  ) {}

  @Query(() => ReshipBasis)
  @Allow('remedy.read')
  async reshipBasis(@Args('orderId', { type: () => ID }) orderId: string, @CurrentPerson() person: PersonPrincipal): Promise<ReshipBasis> {
    const basis = await this.deliveries.basisOf(uuid(orderId, 'orderId'));
    if (!basis) throw badInput('There is no such order.');
    const isMasked = !mayDo(person.role, 'customer.read');
    const { policy } = await this.policies.current(this.db);
    return {
      address: basis.address && addressLines(basis.address, isMasked), masked: isMasked, service: basis.service, services: basis.services, way: basis.way, rivals: basis.rivals, callBackSeconds: Math.round(policy.callBack / 1_000),
      stock: basis.lines.map(({ id, title }) => ({ lineId: id, title, available: basis.stock?.find((line) => line.id === id)?.available ?? null })),
    };
  }
}

/** What a person may see of where a reship goes. */
export function deliveryShown(delivery: OpenDelivery | undefined, role: PersonRole): RemedyDelivery | null {
  if (!delivery) return null;
  const { addressOf, address, service, isLost } = delivery;
  const isMasked = !mayDo(role, 'customer.read');
  return { of: addressOf, address: address ? addressLines(address, isMasked) : [], service, masked: isMasked, lost: isLost };
}
