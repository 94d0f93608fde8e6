import { Module } from '@nestjs/common';
import { MakeReportService } from './make-report.service.js';
import { ReportsResolver } from './reports.resolver.js';

@Module({ providers: [ReportsResolver, MakeReportService] })
export class ReportsModule {}
