import { Module } from '@nestjs/common';
import { ExceptionsModule } from '../exceptions.module.js';
import { ExportController } from './export.controller.js';

/** Lists as files, from the processes that answer people. */
@Module({ imports: [ExceptionsModule], controllers: [ExportController] })
export class ExportsModule {}
