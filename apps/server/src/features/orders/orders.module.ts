import { Module } from '@nestjs/common';
import { ListOrdersService } from './list-orders.service.js';
import { OrdersResolver } from './orders.resolver.js';
import { ShowOrderService } from './show-order.service.js';

@Module({ providers: [OrdersResolver, ShowOrderService, ListOrdersService], exports: [ShowOrderService] })
export class OrdersModule {}
