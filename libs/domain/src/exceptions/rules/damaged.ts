import { carrierReported } from './carrier-reported.js';

export const damaged = carrierReported('damaged', 'Damaged', 'critical', 'reports it damaged');
