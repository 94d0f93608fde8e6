const names: Readonly<Record<string, string>> = {
  ups: 'UPS', usps: 'USPS', fedex: 'FedEx', dhl: 'DHL', dhl_express: 'DHL Express', dhl_ecommerce: 'DHL eCommerce', gls: 'GLS', dpd: 'DPD', brt: 'BRT', tnt: 'TNT',
  postnl: 'PostNL', bpost: 'bpost', ontrac: 'OnTrac', postnord: 'PostNord',
};

/** A carrier's name as people write it; the server keeps ids ("royal_mail"). */
export const carrierName = (id: string): string => names[id] ?? id.replaceAll('_', ' ').replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
