import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuditExportsModule, AuditModule } from './features/audit/audit.module.js';
import { ExceptionsModule } from './features/exceptions/exceptions.module.js';
import { ExportsModule } from './features/exceptions/exports/exports.module.js';
import { OrdersModule } from './features/orders/orders.module.js';
import { PeopleModule } from './features/people/people.module.js';
import { RemediesModule } from './features/remedies/remedies.module.js';
import { ReportsModule } from './features/reports/reports.module.js';
import { SourcesModule } from './features/sources/sources.module.js';
import { AccessGuard } from './platform/auth/access.guard.js';
import { graphqlModule } from './platform/graphql/graphql.module.js';

/** Everything that answers people and programs. */
export const FEATURES = [AuditModule, AuditExportsModule, ExceptionsModule, ExportsModule, OrdersModule, PeopleModule, RemediesModule, ReportsModule, SourcesModule] as const;

@Module({ imports: [graphqlModule, ...FEATURES], providers: [{ provide: APP_GUARD, useClass: AccessGuard }] })
export class ApiModule {}
