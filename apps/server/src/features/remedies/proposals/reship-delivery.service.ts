import { Injectable } from '@nestjs/common';
import { addressFrom, ShipStationClient, ShopifyClient, type ReshipStock } from '@orderwatch/connectors';
import { readAddress, unpackState, type DeliveryAddress, type OrderState } from '@orderwatch/domain';
import { DeliveryStore, Sealer, Transactions, type SealedDelivery } from '@orderwatch/db';
import { OutsideDirectory } from '../execution/outside-directory.js';
import { ShopDirectory } from '../execution/shop-directory.js';

/** Where and how somebody wants it sent; null: as before. */
export interface DeliveryAsked {
  readonly address?: Partial<Record<keyof DeliveryAddress, string | null>> | null;
  readonly service?: string | null;
}

/** What is known before goods are sent again. */
export interface ReshipBasis {
  /** As the shop has it, else the warehouse; null = neither could tell. */
  readonly address: DeliveryAddress | null;
  /** What the customer had. */
  readonly service: string | null;
  /** Every service of the order's parcels and of the order itself. */
  readonly services: readonly string[];
  /** Pieces that can be sold, by line; null = the shop could not be asked. */
  readonly stock: ReshipStock['lines'] | null;
  /** Who would send it; null = nobody is connected. */
  readonly way: 'shop' | 'warehouse' | null;
  /** The warehouse's systems between which nobody chooses. */
  readonly rivals: readonly string[];
  readonly lines: OrderState['lines'];
}

interface OrderRow {
  readonly home: string;
  readonly home_id: string;
  readonly name: string | null;
  readonly state: string;
}

/** Longest name of a service, characters; ShipStation takes a hundred. */
const LONGEST_SERVICE = 100;

/** Looks up where a reship would go, how, and whether there is anything to send. Outside of transactions: it asks outside systems. */
@Injectable()
export class ReshipDelivery {
  private readonly store: DeliveryStore;

  constructor(
    private readonly db: Transactions,
    private readonly shops: ShopDirectory,
    private readonly systems: OutsideDirectory,
    sealer: Sealer,
  ) {
    this.store = new DeliveryStore(sealer);
  }

  /** @returns null when there is no such order. */
  async basisOf(orderId: string): Promise<ReshipBasis | null> {
    const order = await this.orderOf(orderId);
    if (!order) return null;
    const state = unpackState(order.state);
    const [shop, warehouse, rivals] = await Promise.all([this.shops.shopOf(order.home), this.systems.systemOf(order.home, ['shipstation']), this.systems.rivalsOf(order.home, ['shipstation'])]);
    const client = shop && new ShopifyClient(shop.access);
    const [shipping, stock] = client ? await Promise.all([client.shippingOf(order.home_id), client.stockOf(order.home_id)]) : [null, null];
    const fromShop = shipping?.result === 'done' ? addressFrom(shipping.value?.shippingAddress) : null;
    const told = stock?.result === 'done' ? stock.value : null;
    const ofParcels = Object.values(state.parcels).map((parcel) => parcel.service).filter((service) => service !== null);
    const services = [...new Set([...(told?.service ? [told.service] : []), ...ofParcels])];
    return {
      address: fromShop ?? (warehouse ? await this.fromWarehouse(warehouse, order) : null), service: services[0] ?? null, services,
      stock: told?.lines ?? null, way: warehouse ? 'warehouse' : shop ? 'shop' : null, rivals, lines: state.lines,
    };
  }

  /** What is bound into the proposal. @returns why it cannot go there, as text. */
  async prepare(orderId: string, asked: DeliveryAsked): Promise<SealedDelivery | string> {
    const address = asked.address ? readAddress(asked.address) : null;
    if (typeof address === 'string') return address;
    const service = asked.service?.trim().slice(0, LONGEST_SERVICE) ?? '';
    if (address !== null && service !== '') return this.store.seal(this.db, orderId, { addressOf: 'other', address, service });
    const basis = await this.basisOf(orderId);
    const own = basis?.address ?? null;
    return this.store.seal(this.db, orderId, { addressOf: address ? 'other' : own ? 'shop' : 'unknown', address: address ?? own, service: service === '' ? (basis?.service ?? null) : service });
  }

  /** The same once more, with the order's own address as the shop has it by now; an address that was entered stays. */
  async renew(remedyId: string, orderId: string): Promise<SealedDelivery | undefined> {
    const before = (await this.store.open(this.db, [remedyId])).get(remedyId);
    if (!before || before.addressOf === 'other') return undefined;
    const prepared = await this.prepare(orderId, { service: before.service });
    return typeof prepared === 'string' ? undefined : prepared;
  }

  private async fromWarehouse({ access }: NonNullable<Awaited<ReturnType<OutsideDirectory['systemOf']>>>, order: OrderRow): Promise<DeliveryAddress | null> {
    const found = await new ShipStationClient(access).addressOf((order.name ?? order.home_id).replace(/^#/, ''));
    const shipTo = found.result === 'done' ? found.value?.shipTo : undefined;
    if (!shipTo) return null;
    const read = readAddress({ ...shipTo, line1: shipTo.street1, line2: shipTo.street2, region: shipTo.state });
    return typeof read === 'string' ? null : read;
  }

  private async orderOf(orderId: string): Promise<OrderRow | undefined> {
    const [row] = await this.db.query<OrderRow>('select home, home_id, name, state from order_state where order_id = $1::uuid', [orderId]);
    return row;
  }
}
