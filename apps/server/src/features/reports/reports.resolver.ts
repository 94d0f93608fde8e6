import { Args, Int, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/auth/allow.js';
import { MakeReportService } from './make-report.service.js';
import { Report } from './report.types.js';

@Resolver(() => Report)
export class ReportsResolver {
  constructor(private readonly reports: MakeReportService) {}

  @Query(() => Report)
  @Allow('report.read')
  report(@Args('days', { type: () => Int, nullable: true, defaultValue: 28 }) days: number | null): Promise<Report> {
    return this.reports.make(days ?? 28);
  }
}
