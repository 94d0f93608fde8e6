import { createDataSource, PersonStore, Transactions } from '@orderwatch/db';

const PASSWORD = 'the password of the rig';

/** Starts a server with an administrator whose password is known. */
export const ADMINISTRATOR: Readonly<Record<string, string>> = { ORDERWATCH_ADMIN_EMAIL: 'rig-0@rig.test', ORDERWATCH_ADMIN_PASSWORD: PASSWORD };

/** Session cookies of so many agents at a server that was started with {@link ADMINISTRATOR}: nobody may open more than some windows. */
export async function signInAgents(url: string, databaseUrl: string, people: number): Promise<string[]> {
  const transactions = new Transactions(await createDataSource(databaseUrl, { poolSize: 1 }));
  try {
    const store = new PersonStore(transactions);
    const password = (await store.byEmail('rig-0@rig.test'))?.password ?? null;
    for (let n = 1; n <= people; n += 1) await store.add({ email: `rig-${n}@rig.test`, name: `Agent ${n}`, role: 'agent', password });
  } finally {
    await transactions.close();
  }
  const cookies: string[] = [];
  for (let n = 1; n <= people; n += 1) {
    const response = await fetch(`${url}/auth/sign-in`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email: `rig-${n}@rig.test`, password: PASSWORD }) });
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
    if (!cookie) throw new Error(`an agent could not sign in: ${response.status} ${await response.text()}`);
    cookies.push(cookie);
  }
  return cookies;
}
