import { answer } from './child-program.js';
import { eventsToSockets } from './dashboards-events.js';
import { Crowd } from './dashboards-crowd.js';
import type { DashboardsCommand } from './dashboards.js';

let crowd: Crowd | undefined;

answer(async (command: DashboardsCommand) => {
  switch (command.kind) {
    case 'open':
      crowd?.end();
      crowd = await Crowd.open(command);
      return undefined;
    case 'stopReading':
      return crowd?.stopReading(command.sockets);
    case 'reached':
      return crowd?.reached(command.deliveries);
    case 'look':
      return crowd?.look();
    case 'events':
      return eventsToSockets(command);
  }
});
