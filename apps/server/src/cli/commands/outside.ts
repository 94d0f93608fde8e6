import { OutsideSystemStore, writeAudit, type OutsideKind } from '@orderwatch/db';
import { accountName, outsideUrl, plainAddress } from '../../config-outside.js';
import { UsageError, type CommandResult } from '../usage.js';
import type { Workbench } from '../workbench.js';

const KINDS: readonly string[] = ['shipstation', 'gorgias', 'zendesk'] satisfies OutsideKind[];

export function isOutsideKind(kind: string | undefined): kind is OutsideKind {
  return kind !== undefined && KINDS.includes(kind);
}

export interface OutsideOptions {
  readonly name?: string;
  readonly account?: string;
  /** The customer's own part of the host. */
  readonly site?: string;
  readonly url?: string;
  readonly serves?: string;
}

/** Stores a system that remedies act on, its secret sealed. */
export async function addOutside(bench: Workbench, kind: OutsideKind, options: OutsideOptions): Promise<CommandResult> {
  const { name = '', account = '', site, url, serves = null } = options;
  const secret = bench.config.connectionSecret;
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(name)) throw new UsageError('--name must be made of lower-case letters, digits and hyphens.');
  if (account === '') throw new UsageError(kind === 'shipstation' ? '--account must be the API key.' : '--account must be the e-mail address of the account.');
  if (secret === null) throw new UsageError('Put the secret into ORDERWATCH_CONNECTION_SECRET: in an argument everybody on the machine could read it.');
  const baseUrl = url ?? outsideUrl(kind, site);
  if (baseUrl === null || plainAddress(baseUrl) === null) throw new UsageError(`--site must be what stands before .${kind}.com, or --url the whole address.`);
  const isNew = await bench.transactions.run(async (tx) => {
    const added = await new OutsideSystemStore(bench.sealer).add(tx, { name, kind, serves, access: { baseUrl, account: accountName(kind, account), secret } });
    if (added) await writeAudit(tx, { actor: 'operator', action: 'connection.add', target: name, detail: { kind, serves, baseUrl }, at: Date.now() });
    return added;
  });
  if (!isNew) return { json: { error: 'exists', name }, text: `There is a connection ${name} already.`, isOk: false };
  return { json: { name, kind, serves, baseUrl }, text: `Connection ${name} (${kind})\nRemedies of ${serves ?? 'every home'} use it at ${baseUrl}.`, isOk: true };
}
