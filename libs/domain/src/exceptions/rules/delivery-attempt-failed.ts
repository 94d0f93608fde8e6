import { carrierReported } from './carrier-reported.js';

export const deliveryAttemptFailed = carrierReported('delivery_attempt_failed', 'Attempt failed', 'normal', 'could not deliver');
