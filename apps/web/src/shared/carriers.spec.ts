import { describe, expect, it } from '@jest/globals';
import { carrierName } from './carriers';

describe('carrierName', () => {
  it('writes carriers as people do, the unknown ones by their words', () => {
    expect(['dhl_express', 'royal_mail', 'poste_italiane', 'gls'].map(carrierName)).toEqual(['DHL Express', 'Royal Mail', 'Poste Italiane', 'GLS']);
  });
});
