import { AdminServer } from './admin/server.js';
import { Ledger } from './admin/ledger.js';
import { ShopBooks } from './admin/shop-books.js';
import { config } from './config.js';
import { Courier } from './delivery/courier.js';
import { Gorgias } from './helpdesk/gorgias.js';
import { Tickets } from './helpdesk/tickets.js';
import { Zendesk } from './helpdesk/zendesk.js';
import { echoes, handed } from './live/echo.js';
import { emitter } from './live/emit.js';
import { inheritFrom, lastHours } from './live/inherit.js';
import { LiveWorld } from './live/live-world.js';
import { loadWorld, saveWorld } from './live/world-file.js';
import { ShipStationOrders } from './shipstation/orders.js';

const TICK = 250;
const SAVE_EVERY = 20_000;
/** With this much unanswered the store's time stands still: a server that is away for an hour is not buried on its return. */
const PATIENCE = 400;

const settings = config();
const say = (line: string): void => void process.stdout.write(`simulator: ${line}\n`);
const startedAt = Date.now();
const isAlive = settings.rate > 0;

const saved = isAlive ? loadWorld(settings.worldFile, settings.seed) : undefined;
const window = saved === undefined && settings.history ? { seed: settings.seed, ...settings.history } : undefined;
const courier = new Courier({ url: settings.url, secrets: settings.secrets, say });
const world = new LiveWorld({ seed: settings.seed, ordersPerMinute: settings.rate, startedAt, saved: saved?.world, inherited: window ? inheritFrom(window, startedAt) : [] });
const ledger = new Ledger(settings.ledger);
const books = new ShopBooks({ ledger, unknownOrderMinor: settings.unknownOrderMinor, now: Date.now });
world.onShopOrder = ({ id, name, currency, totalMinor, lines, customer }) => {
  const { firstName, lastName, street: address1, city, zip, countryCode: countryCodeV2, phone } = customer;
  books.know({ id, name, currency, totalMinor, email: customer.email, lines, shippingAddress: { firstName, lastName, address1, city, zip, countryCodeV2, phone } });
};

const outsides = [
  new ShipStationOrders({ ledger, now: Date.now, onOrder: handed(settings.seed, courier, world, isAlive) }), new Gorgias(new Tickets('gorgias', ledger, Date.now)), new Zendesk(new Tickets('zendesk', ledger, Date.now)),
];
const admin = new AdminServer({ books, ledger, outsides, echo: echoes(settings.seed, courier, world, isAlive), emit: emitter(world, courier, Date.now), token: settings.adminToken });
const port = await admin.listen(settings.port);
say(`stands in for Shopify's Admin API on http://127.0.0.1:${port}`);
process.send?.({ ready: true, port });

if (window && settings.history?.isExact === false) for (const outgoing of lastHours(window, 2)) void courier.send(outgoing);

for (const outgoing of saved?.unanswered ?? []) void courier.send(outgoing);

const ticking = setInterval(() => {
  if (!isAlive || courier.backlog > PATIENCE) return;
  for (const { outgoing, at } of world.advance(Date.now())) void courier.send(outgoing, at);
}, TICK);
const saving = setInterval(() => keepWorld(), SAVE_EVERY);
const parent = process.ppid;
const watching = setInterval(() => process.ppid !== parent && stop(), 2_000);

function keepWorld(): void {
  if (!isAlive) return;
  try {
    saveWorld(settings.worldFile, { world: world.save(), unanswered: courier.unanswered() });
  } catch (error) {
    say(`cannot save its world: ${String(error)}`);
  }
}

let isStopping = false;
function stop(): void {
  if (isStopping) return;
  isStopping = true;
  for (const timer of [ticking, saving, watching]) clearInterval(timer);
  keepWorld();
  courier.stop();
  void admin.close().finally(() => {
    ledger.close();
    process.exit(0);
  });
}

process.on('SIGTERM', stop);
process.on('SIGINT', stop);
process.on('disconnect', stop);
