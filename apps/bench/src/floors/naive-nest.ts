import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { answer } from '../child-program.js';
import { ExceptionEntity, InboxEntity, OrderEntity, OutboxEntity } from './naive-nest-entities.js';
import { NaiveController, NaiveService, SIGNING_KEY } from './naive-nest-webhooks.js';

interface Settings {
  readonly databaseUrl: string;
  readonly orders: number;
  /** `whsec_…` */
  readonly secret: string;
}

/** "As most teams write it": NestJS on Express, TypeORM repositories, one event at a time within its request. */
@Module({})
class NaiveModule {
  static with({ databaseUrl, secret }: Settings): DynamicModule {
    const entities = [InboxEntity, OrderEntity, ExceptionEntity, OutboxEntity];
    return {
      module: NaiveModule,
      imports: [TypeOrmModule.forRoot({ type: 'postgres', url: databaseUrl, entities, synchronize: true, poolSize: 10, extra: { idleTimeoutMillis: 0 } })],
      controllers: [NaiveController],
      providers: [NaiveService, { provide: SIGNING_KEY, useValue: Buffer.from(secret.slice('whsec_'.length), 'base64') }],
    };
  }
}

const SEED = `
insert into naive_order (id, status, "lastEventAt", version)
select 'S-' || n, 'in_transit', now() - interval '2 days', 1 from generate_series(0, $1::int - 1) as n`;

async function open(settings: Settings): Promise<{ port: number }> {
  const app = await NestFactory.create<NestExpressApplication>(NaiveModule.with(settings), { rawBody: true, logger: ['error', 'warn'] });
  // The feed's own content type, which Express does not take for JSON by itself.
  app.useBodyParser('json', { type: ['application/json', 'application/cloudevents+json'] });
  const source = app.get(DataSource);
  await source.query(SEED, [settings.orders]);
  await source.query('vacuum analyze');
  await app.listen(0, '127.0.0.1');
  return { port: (app.getHttpServer().address() as AddressInfo).port };
}

answer(open);
