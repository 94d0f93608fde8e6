import { carrierReported } from './carrier-reported.js';

export const lost = carrierReported('lost', 'Lost', 'critical', 'reports the parcel lost');
