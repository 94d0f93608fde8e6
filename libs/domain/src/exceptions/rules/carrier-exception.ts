import { carrierReported } from './carrier-reported.js';

export const carrierException = carrierReported('carrier_exception', 'Carrier exception', 'normal', 'reports an exception');
