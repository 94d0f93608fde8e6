import { randomUUID } from 'node:crypto';

interface Answer {
  readonly __typename: string;
  readonly message?: string;
  readonly reason?: string;
}

const PASSWORD = 'orderwatch-demo';

/** A person at a server: signs in and acts, as the dashboard does. */
export class Desk {
  private constructor(
    private readonly url: string,
    private readonly cookie: string,
  ) {}

  static async signIn(url: string, email: string): Promise<Desk> {
    const response = await fetch(`${url}/auth/sign-in`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email, password: PASSWORD }) });
    if (response.status !== 204) throw new Error(`${email} cannot sign in: ${response.status}`);
    return new Desk(url, response.headers.get('set-cookie')?.split(';')[0] ?? '');
  }

  /** The same person at another server: sessions lie in the database. */
  at(url: string): Desk {
    return new Desk(url, this.cookie);
  }

  async claim(orderId: string, version: number): Promise<Answer> {
    const { claimCase } = await this.ask<{ claimCase: Answer }>(
      'mutation($id: ID!, $version: Int!, $m: ID!) { claimCase(id: $id, expectedVersion: $version, mutationId: $m) { __typename ... on Conflict { message } ... on NotAllowed { reason } } }', { id: orderId, version, m: randomUUID() });
    return claimCase;
  }

  /** Asks for a refund. @returns the remedy's id. */
  async propose(orderId: string, amountMinor: number): Promise<string> {
    const input = { orderId, kind: 'refund', amountMinor, currency: 'EUR', reasonCode: 'late', reason: 'It came late.', mutationId: randomUUID() };
    const { proposeRemedy } = await this.ask<{ proposeRemedy: Answer & { remedy?: { id: string } } }>(
      'mutation($input: ProposeRemedyInput!) { proposeRemedy(input: $input) { __typename ... on RemedyDone { remedy { id } } ... on RemedyConflict { message } ... on NotAllowed { reason } } }', { input });
    if (!proposeRemedy.remedy) throw new Error(JSON.stringify(proposeRemedy));
    return proposeRemedy.remedy.id;
  }

  async approve(id: string, amountMinor: number): Promise<Answer> {
    const { approveRemedy } = await this.ask<{ approveRemedy: Answer }>(
      'mutation($id: ID!, $amountMinor: Float!, $m: ID!) { approveRemedy(id: $id, revision: 1, amountMinor: $amountMinor, mutationId: $m) { __typename ... on RemedyConflict { message } ... on NotAllowed { reason } } }', { id, amountMinor, m: randomUUID() });
    return approveRemedy;
  }

  private async ask<T>(query: string, variables: object): Promise<T> {
    const response = await fetch(`${this.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', cookie: this.cookie }, body: JSON.stringify({ query, variables }) });
    const { data, errors } = (await response.json()) as { data?: T; errors?: unknown };
    if (!data) throw new Error(JSON.stringify(errors));
    return data;
  }
}
