import { createHmac, timingSafeEqual } from 'node:crypto';
import { Controller, Headers, HttpCode, Inject, Injectable, Post, type RawBodyRequest, Req, UnauthorizedException } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { ExceptionEntity, InboxEntity, OrderEntity, OutboxEntity } from './naive-nest-entities.js';

export const SIGNING_KEY = Symbol('signing key');

export interface CloudEvent {
  readonly id: string;
  readonly source: string;
  readonly subject: string;
  readonly type: string;
  readonly time: string;
  readonly data: { readonly carrier: string; readonly trackingNumber: string; readonly facility: string };
}

/** One event in one transaction, the way of the manuals: find, change, save. */
@Injectable()
export class NaiveService {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  /** Answers whether it was new. */
  take(event: CloudEvent, body: Buffer): Promise<boolean> {
    return this.source.transaction(async (manager) => {
      const [inbox, orders, exceptions, outbox] = [manager.getRepository(InboxEntity), manager.getRepository(OrderEntity), manager.getRepository(ExceptionEntity), manager.getRepository(OutboxEntity)];
      if (await inbox.findOneBy({ source: event.source, externalId: event.id })) return false;
      const at = new Date(event.time);
      await inbox.save(inbox.create({ source: event.source, externalId: event.id, type: event.type, occurredAt: at, body }));

      const order = (await orders.findOneBy({ id: event.subject })) ?? orders.create({ id: event.subject, status: event.type, lastEventAt: at, version: 0 });
      if (at >= order.lastEventAt) Object.assign(order, { status: event.type, carrier: event.data.carrier, tracking: event.data.trackingNumber, facility: event.data.facility, lastEventAt: at });
      order.version += 1;
      await orders.save(order);

      const isOpen = event.type === 'shipment.exception';
      const exception = (await exceptions.findOneBy({ orderId: order.id })) ?? exceptions.create({ orderId: order.id, rule: 'carrier_exception', isOpen, since: at });
      if (exception.isOpen !== isOpen) Object.assign(exception, { isOpen, since: at });
      await exceptions.save(exception);

      await outbox.save(outbox.create({ orderId: order.id, status: order.status, at }));
      return true;
    });
  }
}

@Controller('webhooks')
export class NaiveController {
  constructor(
    @Inject(NaiveService) private readonly service: NaiveService,
    @Inject(SIGNING_KEY) private readonly key: Buffer,
  ) {}

  @Post('events')
  @HttpCode(202)
  async receive(@Req() request: RawBodyRequest<{ body: CloudEvent }>, @Headers() headers: Record<string, string>): Promise<{ accepted: number; duplicates: number }> {
    const body = request.rawBody ?? Buffer.alloc(0);
    const expected = createHmac('sha256', this.key).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.`).update(body).digest();
    const given = Buffer.from((headers['webhook-signature'] ?? '').slice('v1,'.length), 'base64');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new UnauthorizedException();
    const isNew = await this.service.take(request.body, body);
    return { accepted: isNew ? 1 : 0, duplicates: isNew ? 0 : 1 };
  }
}
