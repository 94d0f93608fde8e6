import { HANDS_TOLD_HEADER } from '@orderwatch/contract';
import { rememberMutation } from './api/own-mutations';
import { requestNotReached, requestReached } from './api/reachability';
import { t } from './i18n';

/** A document with its result and variables in the type, as the generator emits it. */
export interface TypedDocument<Result, Variables> {
  toString: () => string;
  __apiType?: (variables: Variables) => Result;
}

/** What failed, in words for a person, with the id that is also in the server's log. */
export class RequestError extends Error {
  constructor(
    message: string,
    readonly kind: 'offline' | 'signed-out' | 'forbidden' | 'failed',
    readonly requestId?: string,
    /** Of the HTTP answer, where there was one that is worth telling apart. */
    readonly status?: number,
  ) {
    super(message);
    this.name = 'RequestError';
  }
}

interface GraphqlError {
  message: string;
  extensions?: { code?: string; requestId?: string };
}

interface Answer<Result> {
  data?: Result | null;
  errors?: GraphqlError[];
}

interface Problem {
  title?: string;
  detail?: string;
  requestId?: string;
}

const signedOutListeners = new Set<() => void>();

/** Called when any request finds that the session is over. */
export const onSignedOut = (listener: () => void): (() => void) => {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
};

/** Tells the page that the session is over: one signs in again over it, and it stays as it is. */
export const tellSignedOut = (): void => {
  for (const listener of signedOutListeners) listener();
};

const signedOut = (requestId?: string): RequestError => {
  tellSignedOut();
  return new RequestError(t('frame:error.signedOut'), 'signed-out', requestId);
};

const readProblem = async (response: Response): Promise<Problem> => {
  try {
    return (await response.json()) as Problem;
  } catch {
    return {};
  }
};

/** A connection that died without a word answers never; whoever asked may ask again, and acts carry an id that makes that harmless. Milliseconds. */
const ANSWER_WITHIN_MS = 30_000;

const send = async (url: string, init: RequestInit & { headers: Readonly<Record<string, string>> }): Promise<Response> => {
  const limit = AbortSignal.timeout(ANSWER_WITHIN_MS);
  try {
    // Most is read without anybody's doing: that hands are at work is told apart (features/session).
    const headers = { ...init.headers, [HANDS_TOLD_HEADER]: '1' };
    const response = await fetch(url, { credentials: 'same-origin', ...init, headers, signal: init.signal ? AbortSignal.any([init.signal, limit]) : limit });
    requestReached();
    return response;
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    requestNotReached();
    throw new RequestError(t('frame:error.offline'), 'offline');
  }
};

const failure = (error: GraphqlError): RequestError => {
  const code = error.extensions?.code;
  if (code === 'UNAUTHENTICATED') return signedOut(error.extensions?.requestId);
  const kind = code === 'FORBIDDEN' ? 'forbidden' : 'failed';
  return new RequestError(error.message, kind, error.extensions?.requestId);
};

/** Runs one GraphQL document. Partial data counts as failure: a list with silent holes would be read as complete. */
export const execute = async <Result, Variables>(
  document: TypedDocument<Result, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Result> => {
  const response = await send('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json', 'apollo-require-preflight': '1' },
    body: JSON.stringify({ query: document.toString(), variables }),
    signal: signal ?? null,
  });
  if (response.status === 401) throw signedOut();
  let answer: Answer<Result> & Problem;
  try {
    answer = (await response.json()) as Answer<Result> & Problem;
  } catch {
    throw new RequestError(t('frame:error.answered', { status: response.status }), 'failed');
  }
  const error = answer.errors?.[0];
  if (error) throw failure(error);
  if (!answer.data) throw new RequestError(answer.detail ?? answer.title ?? t('frame:error.answered', { status: response.status }), 'failed', answer.requestId);
  return answer.data;
};

const posted = async (url: string, body: unknown): Promise<Response> => {
  const response = await send(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (response.ok) return response;
  const problem = await readProblem(response);
  const kind = response.status === 401 ? 'signed-out' : response.status === 403 ? 'forbidden' : 'failed';
  throw new RequestError(problem.detail ?? problem.title ?? t('frame:error.answered', { status: response.status }), kind, problem.requestId, response.status);
};

/** Posts JSON to a plain endpoint; answers are 204 or a problem. */
export const post = async (url: string, body: unknown): Promise<void> => void (await posted(url, body));

/** Posts JSON to one that answers with more than that it is done. */
export const postFor = async <Result>(url: string, body: unknown): Promise<Result> => (await (await posted(url, body)).json()) as Result;

/** One id per opened control, reused when the same act is tried again; its echo from the socket is known as one's own. */
export const newMutationId = (): string => rememberMutation(crypto.randomUUID());
