import { carrierReported } from './carrier-reported.js';

export const refused = carrierReported('refused', 'Refused', 'high', 'reports that the recipient refused it');
