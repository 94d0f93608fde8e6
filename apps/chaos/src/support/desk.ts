interface Answer {
  readonly __typename: string;
  readonly message?: string;
  readonly reason?: string;
  readonly remedy?: { readonly id: string; readonly amount: { readonly minor: number } | null };
}

const PASSWORD = 'orderwatch-demo';
const ANSWER = '{ __typename ... on RemedyDone { remedy { id amount { minor } } } ... on RemedyConflict { message } ... on NotAllowed { reason } }';
const PROPOSE = `mutation($input: ProposeRemedyInput!) { answer: proposeRemedy(input: $input) ${ANSWER} }`;
const APPROVE = `mutation($id: ID!, $amountMinor: Float, $mutationId: ID!) { answer: approveRemedy(id: $id, revision: 1, amountMinor: $amountMinor, mutationId: $mutationId) ${ANSWER} }`;
const PAID = `query($orderId: ID!) { order(id: $orderId) { refundable { minor } } }`;
const PATIENCE_MS = 10_000;

export interface Proposed {
  readonly id: string;
  readonly amountMinor: number | null;
}

/** A person of the demo at the dashboard. Every method throws when nobody knows what became of it; asked again with the same mutation id it is done once. */
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

  propose(input: Readonly<Record<string, unknown>>): Promise<Proposed> {
    return this.ask(PROPOSE, { input });
  }

  /** A full run takes longer than a sign-in is good for an approval: the password is given again when it is asked for. */
  async approve({ id, amountMinor }: Proposed, mutationId: string): Promise<Proposed> {
    const act = (): Promise<Proposed> => this.ask(APPROVE, { id, amountMinor, mutationId });
    return act().catch(async (error: unknown) => {
      if (!String(error).includes('NeedsSignIn')) throw error;
      await this.confirm();
      return act();
    });
  }

  private async confirm(): Promise<void> {
    const response = await fetch(`${this.url}/api/v1/session/confirm`, {
      method: 'POST', headers: { 'content-type': 'application/json', cookie: this.cookie }, body: JSON.stringify({ password: PASSWORD }), signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (response.status !== 204) throw new Error(`the sign-in was not confirmed: ${response.status}`);
  }

  /** Throws until the order was heard of and paid: the events of one delivery may be folded one after the other. */
  async findPaid(orderId: string): Promise<void> {
    const { data, errors } = await this.post<{ readonly order: { readonly refundable: object | null } | null }>(PAID, { orderId });
    if (!data?.order?.refundable) throw new Error(JSON.stringify(data ?? errors));
  }

  private async post<Data>(query: string, variables: object): Promise<{ readonly data?: Data | null; readonly errors?: unknown }> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST', headers: { 'content-type': 'application/json', cookie: this.cookie }, body: JSON.stringify({ query, variables }), signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return (await response.json()) as { readonly data?: Data | null; readonly errors?: unknown };
  }

  private async ask(query: string, variables: object): Promise<Proposed> {
    const { data, errors } = await this.post<{ readonly answer: Answer }>(query, variables);
    const remedy = data?.answer.remedy;
    if (data?.answer.__typename !== 'RemedyDone' || !remedy) throw new Error(JSON.stringify(data?.answer ?? errors));
    return { id: remedy.id, amountMinor: remedy.amount?.minor ?? null };
  }
}
