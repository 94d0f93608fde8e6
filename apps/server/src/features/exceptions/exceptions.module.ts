import { Module } from '@nestjs/common';
import { AssignCase, HandOver, RenewClaim } from './acts/assign-case.service.js';
import { BulkActs } from './bulk/bulk.service.js';
import { BulkJobs } from './bulk/bulk-jobs.js';
import { BulkResolver } from './bulk/bulk.resolver.js';
import { BulkViews } from './bulk/bulk-views.service.js';
import { BulkWorker } from './bulk/bulk-worker.service.js';
import { ActOnCase } from './acts/case-act.service.js';
import { AddNote, ClaimCase, NextCase, PassTime, ReleaseCase, ReopenCase, ResolveCase, SnoozeCase } from './acts/case-commands.service.js';
import { CaseAnswers } from './acts/case-answers.js';
import { CaseWorkResolver } from './acts/case-work.resolver.js';
import { ClaimsResolver } from './acts/claims.resolver.js';
import { HandOverResolver } from './acts/hand-over.resolver.js';
import { OwnActsResolver } from './acts/own-acts.resolver.js';
import { SnoozeWatchResolver } from './acts/snooze-watch.resolver.js';
import { UndoAct } from './acts/undo-act.service.js';
import { OrderCaseResolver } from './order-case.resolver.js';
import { QueueChoicesResolver } from './queue/queue-choices.resolver.js';
import { QueueResolver } from './queue/queue.resolver.js';
import { SaveView } from './saved-views/saved-view.service.js';
import { SavedViewsResolver } from './saved-views/saved-views.resolver.js';
import { ShowSavedViews } from './saved-views/show-saved-views.service.js';
import { ShowQueue } from './queue/show-queue.service.js';

@Module({
  providers: [
    QueueResolver, QueueChoicesResolver, ClaimsResolver, CaseWorkResolver, OrderCaseResolver, HandOverResolver, OwnActsResolver, SnoozeWatchResolver, CaseAnswers, ShowQueue, ActOnCase, ClaimCase, ReleaseCase, NextCase, SnoozeCase, ResolveCase, ReopenCase, AddNote, AssignCase, HandOver, RenewClaim, UndoAct, PassTime,
    BulkResolver, BulkActs, BulkViews, BulkWorker, BulkJobs, SavedViewsResolver, SaveView, ShowSavedViews,
  ],
  exports: [PassTime, ShowQueue],
})
export class ExceptionsModule {}
