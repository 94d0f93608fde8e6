import type { Random } from '../shared/random.js';
import type { ContactKind, StoreOrder } from './model.js';

type Wording = Partial<Record<'de' | 'fr' | 'en', readonly string[]>> & { readonly en: readonly string[] };

const WORDINGS: Readonly<Record<ContactKind, Wording>> = {
  where_is_it: {
    en: ['Any news on my order? I expected it this week.', 'Could you tell me when it will arrive?'],
    de: ['Wann kommt meine Bestellung an?'], fr: ['Bonjour, où en est ma commande ?'],
  },
  not_received: {
    en: ['It says delivered but nothing is here. I asked the neighbours too.', 'Your page says delivered at noon. I was home all day and nobody came.'],
    de: ['Laut Sendungsverfolgung zugestellt, aber hier ist nichts angekommen.'], fr: ['Le suivi indique « livré », mais je n’ai rien reçu.'],
  },
  missing_item: {
    en: ['The parcel arrived, but one item was not in it.', 'One thing is missing from the box, the rest is fine.'],
    de: ['Im Paket fehlt ein Artikel.'], fr: ['Il manque un article dans le colis.'],
  },
  damaged: { en: ['It arrived broken.'], de: ['Die Ware ist beschädigt angekommen.'] },
  complaint: { en: ['I am not happy with how long this takes.'] },
  other: { en: ['Please send the invoice to my company address.'], de: ['Bitte senden Sie mir die Rechnung.'] },
};

/** What a customer writes, in their own language where we have the words. */
export function contactText(kind: ContactKind, order: StoreOrder, random: Random): string {
  const wording = WORDINGS[kind];
  const language = order.customer.locale.slice(0, 2);
  const words = language === 'de' ? wording.de : language === 'fr' ? wording.fr : undefined;
  return `${random.pick(words ?? wording.en)} (${order.name})`;
}
