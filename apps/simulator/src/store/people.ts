import type { Random } from '../shared/random.js';
import type { CarrierId } from './carriers.js';
import type { Currency, Customer } from './model.js';

interface Country {
  readonly code: string;
  readonly name: string;
  readonly locale: string;
  readonly currency: Currency;
  readonly timeZone: string;
  readonly dial: string;
  readonly weight: number;
  readonly carriers: readonly CarrierId[];
  /** Parcels cross a customs border. */
  readonly customs: boolean;
  readonly first: readonly string[];
  readonly last: readonly string[];
  readonly cities: readonly (readonly [city: string, zip: string])[];
  readonly streets: readonly string[];
}

export const COUNTRIES: readonly Country[] = [
  {
    code: 'DE', name: 'Germany', locale: 'de', currency: 'EUR', timeZone: 'Europe/Berlin', dial: '+49', weight: 24, carriers: ['dhl', 'gls', 'dpd', 'ups'], customs: false,
    first: ['Anna', 'Jonas', 'Lena', 'Felix', 'Miriam', 'Timo', 'Svenja', 'Emre'], last: ['Bauer', 'Krüger', 'Hofmann', 'Yılmaz', 'Vogt', 'Lindner'],
    cities: [['Berlin', '10119'], ['Hamburg', '20357'], ['Leipzig', '04229'], ['München', '80799']], streets: ['Lindenstraße', 'Am Markt', 'Goethestraße'],
  },
  {
    code: 'AT', name: 'Austria', locale: 'de', currency: 'EUR', timeZone: 'Europe/Vienna', dial: '+43', weight: 7, carriers: ['gls', 'dpd', 'dhl'], customs: false,
    first: ['Katharina', 'Lukas', 'Valentina', 'Florian'], last: ['Gruber', 'Steiner', 'Moser', 'Eder'],
    cities: [['Wien', '1070'], ['Graz', '8010'], ['Linz', '4020']], streets: ['Neubaugasse', 'Hauptplatz'],
  },
  {
    code: 'FR', name: 'France', locale: 'fr', currency: 'EUR', timeZone: 'Europe/Paris', dial: '+33', weight: 10, carriers: ['dpd', 'gls', 'fedex', 'ups'], customs: false,
    first: ['Camille', 'Hugo', 'Inès', 'Théo', 'Élodie'], last: ['Moreau', 'Lefèvre', 'Garnier', 'Benali'],
    cities: [['Paris', '75011'], ['Lyon', '69003'], ['Nantes', '44000']], streets: ['rue des Lilas', 'avenue Foch', 'rue Voltaire'],
  },
  {
    code: 'IT', name: 'Italy', locale: 'it', currency: 'EUR', timeZone: 'Europe/Rome', dial: '+39', weight: 8, carriers: ['gls', 'dhl', 'ups'], customs: false,
    first: ['Silvia', 'Marco', 'Giulia', 'Davide'], last: ['Marchetti', 'Ferrari', 'Conti', 'De Luca'],
    cities: [['Milano', '20121'], ['Bologna', '40121'], ['Torino', '10121']], streets: ['via Garibaldi', 'corso Italia'],
  },
  {
    code: 'ES', name: 'Spain', locale: 'es', currency: 'EUR', timeZone: 'Europe/Madrid', dial: '+34', weight: 6, carriers: ['gls', 'dhl', 'ups'], customs: false,
    first: ['Lucía', 'Álvaro', 'Carmen', 'Iker'], last: ['Navarro', 'Ortega', 'Iglesias', 'Vidal'],
    cities: [['Madrid', '28004'], ['Valencia', '46002'], ['Bilbao', '48001']], streets: ['calle Mayor', 'calle del Sol'],
  },
  {
    code: 'CZ', name: 'Czechia', locale: 'cs', currency: 'EUR', timeZone: 'Europe/Prague', dial: '+420', weight: 4, carriers: ['gls', 'dpd'], customs: false,
    first: ['Tereza', 'Jakub', 'Eliška', 'Ondřej'], last: ['Nováková', 'Dvořák', 'Procházka'],
    cities: [['Brno', '602 00'], ['Praha', '120 00']], streets: ['Masarykova', 'Údolní'],
  },
  {
    code: 'GB', name: 'United Kingdom', locale: 'en-GB', currency: 'GBP', timeZone: 'Europe/London', dial: '+44', weight: 14, carriers: ['royal_mail', 'dpd', 'dhl'], customs: true,
    first: ['Oliver', 'Amelia', 'Priya', 'Callum', 'Zara'], last: ['Hughes', 'Patel', 'Okafor', 'Clarke'],
    cities: [['London', 'E8 3PN'], ['Leeds', 'LS1 4AP'], ['Glasgow', 'G1 2FF'], ['Bristol', 'BS1 5TR']], streets: ['Mill Lane', 'Station Road', 'Church Street'],
  },
  {
    code: 'US', name: 'United States', locale: 'en-US', currency: 'USD', timeZone: 'America/New_York', dial: '+1', weight: 22, carriers: ['ups', 'usps', 'fedex'], customs: false,
    first: ['Maya', 'Ethan', 'Grace', 'Diego', 'Hannah', 'Tyrell'], last: ['Nguyen', 'Johnson', 'Ramirez', 'Cohen', 'Walker'],
    cities: [['Brooklyn, NY', '11215'], ['Austin, TX', '78704'], ['Portland, OR', '97209'], ['Columbus, OH', '43215']], streets: ['Maple Avenue', 'Oak Street', 'Hillside Drive'],
  },
  {
    code: 'CH', name: 'Switzerland', locale: 'de', currency: 'EUR', timeZone: 'Europe/Zurich', dial: '+41', weight: 3, carriers: ['dhl', 'fedex'], customs: true,
    first: ['Nina', 'Reto', 'Chiara'], last: ['Meier', 'Bernasconi', 'Keller'],
    cities: [['Zürich', '8004'], ['Lausanne', '1003']], streets: ['Langstrasse', 'rue du Midi'],
  },
  {
    code: 'CA', name: 'Canada', locale: 'en-CA', currency: 'USD', timeZone: 'America/Toronto', dial: '+1', weight: 4, carriers: ['ups', 'fedex', 'dhl'], customs: true,
    first: ['Liam', 'Chloé', 'Noah', 'Aisha'], last: ['Tremblay', 'Singh', 'MacDonald'],
    cities: [['Toronto, ON', 'M5V 2T6'], ['Montréal, QC', 'H2X 1Y4']], streets: ['King Street', 'rue Sherbrooke'],
  },
];

/** Where a parcel from our warehouses crosses a border. */
export const CUSTOMS_COUNTRIES: ReadonlySet<string> = new Set(COUNTRIES.filter((country) => country.customs).map((country) => country.code));

/** How many people buy at the demo store; small enough that some come back. */
const REGULARS = 900;

/** A customer of the demo store; the same number is always the same person. */
export function customerOf(seed: string, random: Random, makeRandom: (...labels: string[]) => Random): { readonly customer: Customer; readonly country: Country } {
  const who = random.int(1, REGULARS);
  const own = makeRandom(seed, 'customer', String(who));
  const country = own.weighted(COUNTRIES);
  const firstName = own.pick(country.first);
  const lastName = own.pick(country.last);
  const [city, zip] = own.pick(country.cities);
  const mailbox = `${firstName}.${lastName}`.normalize('NFKD').replace(/[^A-Za-z.]/g, '').toLowerCase();
  return {
    country,
    customer: {
      id: String(6_200_000_000_000 + who * 7919), firstName, lastName, email: `${mailbox}${who}@mail.example`, phone: `${country.dial}${own.digits(9)}`,
      locale: country.locale, street: `${own.pick(country.streets)} ${own.int(1, 140)}`, city, zip, country: country.name, countryCode: country.code,
    },
  };
}
