import { Module } from '@nestjs/common';
import { LanePaces } from './lane-paces.js';
import { ReplayService } from './replay.service.js';
import { ShowDeliveryService } from './show-delivery.service.js';
import { ShowHealthService } from './show-health.service.js';
import { ShowStuckService } from './show-stuck.service.js';
import { SourcesResolver } from './sources.resolver.js';
import { TryMappingService } from './try-mapping.service.js';
import { StuckResolver } from './stuck.resolver.js';

@Module({ providers: [SourcesResolver, StuckResolver, ShowHealthService, ShowStuckService, LanePaces, ShowDeliveryService, TryMappingService, ReplayService] })
export class SourcesModule {}
