import type { PersonStore, NewPerson } from '@orderwatch/db';
import type { Passwords } from '../../platform/auth/password.js';

export const DEMO_PASSWORD = 'orderwatch-demo';
export const DEMO_PEOPLE: readonly Omit<NewPerson, 'password'>[] = [
  { email: 'agent@demo.test', name: 'Ana Ruiz', role: 'agent' },
  { email: 'agent2@demo.test', name: 'Ben Okafor', role: 'agent' },
  { email: 'lead@demo.test', name: 'Lea Novak', role: 'lead' },
  { email: 'manager@demo.test', name: 'Mira Shah', role: 'manager' },
  { email: 'manager2@demo.test', name: 'Tom Becker', role: 'manager' },
  { email: 'admin@demo.test', name: 'Ada Lindqvist', role: 'admin' },
];

interface FirstPeople {
  readonly people: PersonStore;
  readonly passwords: Passwords;
  readonly isDemo: boolean;
  readonly admin: { readonly email: string; readonly password: string } | null;
}

/** The administrator named by the environment, when there is nobody; the demo's people, only while it is a demo. */
export async function ensureFirstPeople({ people, passwords, isDemo, admin }: FirstPeople): Promise<void> {
  if (admin && (await people.isEmpty())) {
    await people.add({ email: admin.email, name: 'Administrator', role: 'admin', password: await passwords.hash(admin.password) });
  }
  await people.setDisabled(DEMO_PEOPLE.map((person) => person.email), !isDemo);
  if (!isDemo) return;
  const missing = [];
  for (const person of DEMO_PEOPLE) if (!(await people.byEmail(person.email))) missing.push(person);
  await Promise.all(missing.map(async (person) => people.add({ ...person, password: await passwords.hash(DEMO_PASSWORD) })));
}
