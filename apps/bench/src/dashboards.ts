import type { Usage } from '@orderwatch/rig';
import { createDataSource, PersonStore, Transactions } from '@orderwatch/db';
import { ChildProgram } from './child-program.js';
import type { CrowdLook, CrowdOptions } from './dashboards-crowd.js';
import type { EventsOptions, EventsResult } from './dashboards-events.js';

export type DashboardsCommand =
  | ({ readonly kind: 'open' } & CrowdOptions)
  | { readonly kind: 'stopReading'; readonly sockets: number }
  | { readonly kind: 'reached'; readonly deliveries: number }
  | { readonly kind: 'look' }
  | ({ readonly kind: 'events' } & EventsOptions);

/** Dashboards, and what sends events to be seen on them, in a process of their own. */
export class Dashboards {
  private readonly program = ChildProgram.start('dashboards-main.js');

  open(options: CrowdOptions): Promise<void> {
    return this.ask({ kind: 'open', ...options });
  }

  stopReading(sockets: number): Promise<void> {
    return this.ask({ kind: 'stopReading', sockets });
  }

  /** Resolves when so many messages have arrived in all. */
  reached(deliveries: number): Promise<void> {
    return this.ask({ kind: 'reached', deliveries });
  }

  look(): Promise<CrowdLook> {
    return this.ask({ kind: 'look' });
  }

  /** Sends events and times the messages about them. */
  events(options: EventsOptions): Promise<EventsResult> {
    return this.ask({ kind: 'events', ...options });
  }

  usage(): Usage {
    return this.program.usage();
  }

  end(): void {
    this.program.end();
  }

  private ask<T>(command: DashboardsCommand): Promise<T> {
    return this.program.ask(command);
  }
}

const PASSWORD = 'the password of the bench';
/** Starts a server with an administrator whose password is known. */
export const ADMINISTRATOR: Readonly<Record<string, string>> = { ORDERWATCH_ADMIN_EMAIL: 'bench-0@bench.test', ORDERWATCH_ADMIN_PASSWORD: PASSWORD };

/** Session cookies of so many people at a server that was started with `ADMINISTRATOR`. The others get the first one's password. */
export async function signIn(url: string, databaseUrl: string, people: number): Promise<string[]> {
  const transactions = new Transactions(await createDataSource(databaseUrl, { poolSize: 1 }));
  try {
    const store = new PersonStore(transactions);
    const first = await store.byEmail('bench-0@bench.test');
    for (let n = 1; n < people; n += 1) await store.add({ email: `bench-${n}@bench.test`, name: `Bench ${n}`, role: 'agent', password: first?.password ?? null });
  } finally {
    await transactions.close();
  }
  const cookies: string[] = [];
  for (let n = 0; n < people; n += 1) {
    const response = await fetch(`${url}/auth/sign-in`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email: `bench-${n}@bench.test`, password: PASSWORD }) });
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
    if (!cookie) throw new Error(`bench-${n} could not sign in: ${response.status} ${await response.text()}`);
    cookies.push(cookie);
  }
  return cookies;
}
