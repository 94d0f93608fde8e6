import { Module } from '@nestjs/common';
import { ActOnCase } from './case-act.service.js';
import { AddNote, ClaimCase, NextCase, PassTime, ReleaseCase, ReopenCase, ResolveCase, SnoozeCase } from './case-commands.service.js';
import { ExceptionsResolver } from './exceptions.resolver.js';
import { OrderCaseResolver } from './order-case.resolver.js';
import { ShowQueue } from './show-queue.service.js';

@Module({
  providers: [ExceptionsResolver, OrderCaseResolver, ShowQueue, ActOnCase, ClaimCase, ReleaseCase, NextCase, SnoozeCase, ResolveCase, ReopenCase, AddNote, PassTime],
  exports: [PassTime],
})
export class ExceptionsModule {}
