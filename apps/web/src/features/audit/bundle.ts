import { queryOptions } from '@tanstack/react-query';
import { bundleUrl } from '../../shared/evidence/evidence-links';
import { RequestError } from '../../shared/graphql';
import { t } from '../../shared/i18n';
import { queryKeys } from '../../shared/query-keys';

interface Who {
  id: string;
  name: string | null;
}

interface Amount {
  minor: number;
  currency: string;
}

/** The bundle as the server writes it: what the printed page shows of it. The file itself has more. */
export interface Bundle {
  madeAt: string;
  madeBy: { name: string; role: string };
  remedy: { number: string; kind: string; state: string; revision: number; amount: Amount | null };
  order: { id: string; name: string; home: string; homeId: string; customer: { id: string; name: string | null; masked: boolean } | null };
  asked: { by: Who | null; at: string; reasonCode: string; reason: string; lines: readonly { lineId: string; title: string | null; quantity: number }[]; delivery: { addressOf: string; service: string | null } | null };
  policy: { version: number | null; checks: readonly { name: string; verdict: string; value: string; source: string | null }[] };
  facts: { sha256: string; frozen: Readonly<Record<string, unknown>> };
  evidence: readonly { text: string; source: string; at: string | null; factId: string | null; raw: { connection: string | null; delivery: string | null; checksum: string | null } | null }[];
  decisions: readonly { by: Who | null; onBehalfOf: Who | null; decision: string; at: string; reason: string | null; revision: number; factsSha256: string }[];
  execution: {
    idempotencyKey: string; attempts: number; lastAttemptAt: string | null; executedAt: string | null; confirmedAt: string | null; reference: string | null; failure: string | null; ledger: readonly { id: string; kind: string; amount: Amount; source: string }[];
  };
  history: readonly { at: string; actor: string; what: string; why: string | null }[];
  audit: {
    entries: readonly { id: string; when: string; actor: string; actorName: string | null; action: string; detail: string; prev: string; hash: string }[];
    chain: { checkedAt: string | null; entries: number; head: { id: string; hash: string } | null; firstBrokenEntry: string | null };
    howToCheck: readonly string[];
  };
}

export interface ReadBundle {
  bundle: Bundle;
  /** The exact text, so that what is saved has the hash that the audit has. */
  text: string;
  name: string;
}

const read = async (remedyId: string, signal: AbortSignal): Promise<ReadBundle> => {
  const response = await fetch(bundleUrl(remedyId), { credentials: 'same-origin', signal }).catch((cause: unknown) => {
    if (signal.aborted) throw cause;
    throw new RequestError(t('frame:error.offline'), 'offline');
  });
  const text = await response.text();
  if (!response.ok) throw new RequestError(t('frame:error.answered', { status: response.status }), response.status === 403 ? 'forbidden' : 'failed', response.headers.get('x-request-id') ?? undefined, response.status);
  return { bundle: JSON.parse(text) as Bundle, text, name: /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'orderwatch-evidence.json' };
};

/** Each reading is an entry of the audit, so it is read once and never by itself again. */
export const bundleQuery = (remedyId: string) =>
  queryOptions({ queryKey: queryKeys.evidence(remedyId), queryFn: ({ signal }) => read(remedyId, signal), staleTime: Infinity, refetchInterval: false, refetchOnWindowFocus: false, refetchOnReconnect: false, retry: false });
