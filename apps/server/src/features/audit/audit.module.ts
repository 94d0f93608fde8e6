import { Module } from '@nestjs/common';
import { RemedyStore } from '@orderwatch/db';
import { AuditExportController } from './audit-export.controller.js';
import { AuditResolver } from './audit.resolver.js';
import { EvidenceBundles } from './evidence-bundle.service.js';
import { ShowAudit } from './show-audit.service.js';
import { VerifyAudit } from './verify-audit.service.js';

/** Who did what, when and why: checked, searched, and told order by order. */
@Module({ providers: [AuditResolver, ShowAudit, VerifyAudit] })
export class AuditModule {}

/** The same handed out as files, from the processes that answer people. */
@Module({ controllers: [AuditExportController], providers: [EvidenceBundles, RemedyStore] })
export class AuditExportsModule {}
