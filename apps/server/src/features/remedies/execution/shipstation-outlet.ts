import { ADDRESS_CHANGED, CALL_TIMEOUT, isOtherNow, ShipStationClient, ShopifyClient, type CallResult, type ShipTo } from '@orderwatch/connectors';
import type { DeliveryAddress } from '@orderwatch/domain';
import type { OutsideSystem, RemedyRecord, Transactions } from '@orderwatch/db';
import { ADDRESS_LOST } from './delivering-outlet.js';
import { readState } from '../order-facts.js';
import type { RemedyOutlet } from './remedy-outlet.js';
import type { ShopOfHome } from './shopify-outlet.js';

interface Addressee {
  readonly shipTo: ShipTo;
  readonly email: string | null;
}

/** Reships through the warehouse's own system. Where the order went is asked of its shop, else of the warehouse, which sent it the first time. */
export class ShipStationOutlet implements RemedyOutlet {
  private readonly client: ShipStationClient;

  constructor(
    private readonly db: Transactions,
    private readonly shopOf: ShopOfHome,
    { access }: OutsideSystem,
  ) {
    this.client = new ShipStationClient(access);
  }

  async execute(record: RemedyRecord): Promise<CallResult<string>> {
    const deadline = AbortSignal.timeout(CALL_TIMEOUT);
    const addressee = await this.addresseeOf(record);
    if (addressee.result === 'refused') return this.refusedUnlessMade(record, addressee.why);
    if (addressee.result !== 'done') return addressee;
    const state = await readState(this.db, record.orderId);
    const lines = record.lines.map(({ lineId, quantity }) => {
      const line = state?.lines.find((l) => l.id === lineId);
      return { id: lineId, sku: line?.sku ?? null, name: line?.title ?? `Line ${lineId}`, quantity };
    });
    const service = record.delivery?.service ?? Object.values(state?.parcels ?? {}).find((parcel) => parcel.service !== null)?.service ?? null;
    const note = `${record.reason} (Orderwatch AP-${record.number}, for order ${record.orderName})`;
    return this.client.reship({ ...namesOf(record), ...addressee.value, lines, service, note, orderedAt: record.proposedAt }, deadline);
  }

  async isConfirmed(record: RemedyRecord): Promise<boolean> {
    const { orderNumber, orderKey } = namesOf(record);
    const found = await this.client.find(orderNumber, orderKey);
    return found.result === 'done' && found.value !== null && found.value.orderStatus !== 'cancelled';
  }

  /** An earlier attempt may have had its effect: what is there already is not refused any more. */
  private async refusedUnlessMade(record: RemedyRecord, why: string): Promise<CallResult<string>> {
    const { orderNumber, orderKey } = namesOf(record);
    const found = await this.client.find(orderNumber, orderKey);
    if (found.result !== 'done') return { result: 'later', why: found.why };
    return found.value ? { result: 'done', value: found.value.orderNumber } : { result: 'refused', why };
  }

  private async addresseeOf(record: RemedyRecord): Promise<CallResult<Addressee>> {
    const { delivery } = record;
    if (delivery?.isLost) return { result: 'refused', why: ADDRESS_LOST };
    const shop = await this.shopOf(record.home);
    const told = shop && (await new ShopifyClient(shop.access).shippingOf(record.homeId));
    if (told && told.result !== 'done') return { result: 'later', why: told.why };
    const approved = delivery?.address ?? null;
    if (approved && isOtherNow({ address: approved, isShops: delivery?.addressOf === 'shop' }, told?.value?.shippingAddress)) return { result: 'refused', why: ADDRESS_CHANGED };
    if (approved) return { result: 'done', value: { shipTo: shipToOf(approved), email: told?.value?.email ?? null } };
    const fromShop = told && addresseeFrom(told.value);
    if (fromShop) return { result: 'done', value: fromShop };
    const found = await this.client.addressOf(record.orderName.replace(/^#/, ''));
    if (found.result !== 'done') return { result: 'later', why: found.why };
    return found.value ? { result: 'done', value: found.value } : { result: 'refused', why: 'Neither the shop nor ShipStation knows where this order went.' };
  }
}

/** Made from the remedy, the same on every attempt: what the warehouse reads, and what it is found by. */
export function namesOf({ id, number, orderName }: Pick<RemedyRecord, 'id' | 'number' | 'orderName'>): { readonly orderNumber: string; readonly orderKey: string } {
  return { orderNumber: `${orderName.replace(/^#/, '').slice(0, 30)}-R${number}`, orderKey: `orderwatch-${id}` };
}

function shipToOf({ name, company, line1, line2, city, region, postalCode, country, phone }: DeliveryAddress): ShipTo {
  return { name, company: company || null, street1: line1, street2: line2 || null, city, state: region || null, postalCode, country, phone: phone || null };
}

type FromShop = Extract<Awaited<ReturnType<ShopifyClient['shippingOf']>>, { result: 'done' }>['value'];

function addresseeFrom(order: FromShop): Addressee | null {
  const { firstName, lastName, company, address1, address2, city, zip, provinceCode, countryCodeV2, phone } = order?.shippingAddress ?? {};
  const name = [firstName, lastName].filter((part) => part).join(' ') || company;
  if (!name || !address1 || !city || !zip || !countryCodeV2) return null;
  return { shipTo: { name, company, street1: address1, street2: address2, city, state: provinceCode, postalCode: zip, country: countryCodeV2, phone }, email: order?.email ?? null };
}
