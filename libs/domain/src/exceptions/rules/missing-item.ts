import { customerContact } from './customer-contact.js';

export const missingItem = customerContact('missing_item', 'missing_item', 'Missing item', 'something is missing');
