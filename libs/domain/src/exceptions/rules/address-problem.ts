import { carrierReported } from './carrier-reported.js';

export const addressProblem = carrierReported('address_problem', 'Address problem', 'high', 'reports a problem with the address');
