import { carrierReported } from './carrier-reported.js';

export const customsHold = carrierReported('customs_hold', 'Customs', 'normal', 'reports that customs holds it');
