import { customerContact } from './customer-contact.js';

export const deliveredNotReceived = customerContact('delivered_not_received', 'not_received', 'Not received', 'nothing came');
