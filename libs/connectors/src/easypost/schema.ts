import { z } from 'zod';
import { compiled } from '../compiled.js';
import { NumberText } from '../json.js';

const text = z.union([z.string(), z.instanceof(NumberText).transform((n) => n.text)]).nullish().transform((v) => v ?? undefined);

const location = z.object({ city: text, state: text, country: text, zip: text }).nullish();

/** One entry of a tracker's history. */
export const detailSchema = z.object({ message: text, description: text, status: text, status_detail: text, datetime: text, tracking_location: location });

/** A Tracker (EasyPost API v2): its whole history and what it says now. */
export const trackerSchema = compiled(z.object({
  object: z.literal('Tracker'), id: text, tracking_code: z.string().min(1), carrier: text, status: text, status_detail: text, est_delivery_date: text, updated_at: text,
  created_at: text, public_url: text, tracking_details: z.array(detailSchema).nullish().transform((v) => v ?? []),
}));
export type Tracker = z.infer<typeof trackerSchema>;
