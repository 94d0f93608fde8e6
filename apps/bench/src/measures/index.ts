import type { Measure } from '../measure.js';
import { webhookLatency } from './webhook-latency.js';
import { broadcast } from './broadcast.js';
import { eventToPixel } from './event-to-pixel.js';
import { eventToSocket } from './event-to-socket.js';
import { processed } from './processed.js';
import { accepted } from './accepted.js';
import { backlog } from './backlog.js';
import { naive } from './naive.js';
import { queuePage } from './queue-page.js';
import { eventAmongMany } from './event-among-many.js';
import { lists } from './lists.js';
import { verify } from './verify.js';
import { rehearse } from './rehearse.js';
import { screen } from './screen.js';

/** All measures, in the order in which they run. */
export const measures: readonly Measure[] = [accepted, processed, backlog, webhookLatency, eventToSocket, eventToPixel, broadcast, naive, queuePage, eventAmongMany, lists, verify, rehearse, screen];
