import { Module } from '@nestjs/common';
import { AuditModule } from './features/audit/audit.module.js';
import { ExceptionsModule } from './features/exceptions/exceptions.module.js';
import { PassTimeLoop } from './features/exceptions/pass-time.loop.js';
import { RemediesModule } from './features/remedies/remedies.module.js';
import { Housekeeping } from './platform/jobs/housekeeping.js';

/** Everything that works in the background, beside the pipeline's own loops. */
@Module({ imports: [AuditModule, ExceptionsModule, RemediesModule], providers: [Housekeeping, PassTimeLoop] })
export class WorkerModule {}
