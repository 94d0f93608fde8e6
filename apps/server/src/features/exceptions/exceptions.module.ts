import { Module } from '@nestjs/common';
import { ActOnCase } from './case-act.service.js';
import { AddNote, ClaimCase, NextCase, PassTime, ReleaseCase, ReopenCase, ResolveCase, SnoozeCase } from './case-commands.service.js';
import { CaseAnswers } from './case-answers.js';
import { CaseWorkResolver } from './case-work.resolver.js';
import { ClaimsResolver } from './claims.resolver.js';
import { OrderCaseResolver } from './order-case.resolver.js';
import { QueueResolver } from './queue.resolver.js';
import { ShowQueue } from './show-queue.service.js';

@Module({
  providers: [QueueResolver, ClaimsResolver, CaseWorkResolver, OrderCaseResolver, CaseAnswers, ShowQueue, ActOnCase, ClaimCase, ReleaseCase, NextCase, SnoozeCase, ResolveCase, ReopenCase, AddNote, PassTime],
  exports: [PassTime],
})
export class ExceptionsModule {}
