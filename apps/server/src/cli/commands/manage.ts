import { randomBytes } from 'node:crypto';
import { connectorOf, isConnectorKind } from '@orderwatch/connectors';
import { ApiTokenStore, newSigningSecret, OutsideSystemStore, PersonStore, writeAudit, type Tx } from '@orderwatch/db';
import { hashToken, newToken } from '../../platform/auth/tokens.js';
import { Passwords } from '../../platform/auth/password.js';
import { UsageError, type CommandResult } from '../usage.js';
import type { Workbench } from '../workbench.js';

type Role = 'agent' | 'lead' | 'manager' | 'admin';
const ROLES: readonly string[] = ['agent', 'lead', 'manager', 'admin'];

function isRole(text: string): text is Role {
  return ROLES.includes(text);
}

/** Who runs the command line has no account here: the record says that much. */
const record = (tx: Tx, action: string, target: string, detail: Readonly<Record<string, unknown>>): Promise<void> => writeAudit(tx, { actor: 'operator', action, target, detail, at: Date.now() });

export async function addUser(bench: Workbench, options: { email?: string; role?: string; password?: string; name?: string }): Promise<CommandResult> {
  const { email = '', role = '' } = options;
  if (!/^\S+@\S+\.\S+$/.test(email)) throw new UsageError('--email must be an e-mail address.');
  if (!isRole(role)) throw new UsageError(`--role must be one of ${ROLES.join(', ')}.`);
  if (options.password !== undefined && options.password.length < 8) throw new UsageError('--password must have at least 8 characters.');
  const password = options.password ?? randomBytes(12).toString('base64url');
  const person = { email, name: options.name ?? email.slice(0, email.indexOf('@')), role, password: await new Passwords().hash(password) };
  const id = await bench.transactions.run(async (tx) => {
    const added = await new PersonStore(tx).add(person);
    if (added !== null) await record(tx, 'user.add', added, { role });
    return added;
  });
  if (id === null) return { json: { error: 'exists', email }, text: `There is a user ${email} already.`, isOk: false };
  const shown = options.password === undefined ? { password } : {};
  return { json: { id, email, role, ...shown }, text: `Added ${email} as ${role}.${options.password === undefined ? `\nPassword, shown this once: ${password}` : ''}`, isOk: true };
}

export async function addToken(bench: Workbench, options: { name?: string; scope?: string }): Promise<CommandResult> {
  const { name = '', scope } = options;
  if (name.trim() === '') throw new UsageError('--name must say what the token is for.');
  if (scope !== 'read' && scope !== 'write') throw new UsageError('--scope must be read or write.');
  const token = newToken('api');
  const id = await bench.transactions.run(async (tx) => {
    const added = await new ApiTokenStore(tx).add(name.trim(), scope, hashToken(token));
    await record(tx, 'token.add', added, { name: name.trim(), scope });
    return added;
  });
  return { json: { id, name: name.trim(), scope, token }, text: `API token ${name.trim()} (${scope}), shown this once:\n${token}`, isOk: true };
}

export async function addConnection(bench: Workbench, options: { name?: string; kind?: string }): Promise<CommandResult> {
  const { name = '', kind = '' } = options;
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(name)) throw new UsageError('--name must be made of lower-case letters, digits and hyphens.');
  if (!isConnectorKind(kind)) throw new UsageError('--kind must be events, shopify or easypost; or shipstation, gorgias or zendesk.');
  const secret = newSigningSecret(kind);
  const isNew = await bench.transactions.run(async (tx) => {
    const added = await bench.pipeline.connections.add(tx, { name, kind, secrets: { signing: [secret] } });
    if (added) await record(tx, 'connection.add', name, { kind });
    return added;
  });
  if (!isNew) return { json: { error: 'exists', name }, text: `There is a connection ${name} already.`, isOk: false };
  const endpoint = `${bench.config.publicUrl}/webhooks/${name}`;
  const { header, hint } = connectorOf(kind).setup;
  return { json: { name, kind, endpoint, secret, header, hint }, text: `Connection ${name} (${kind})\nEndpoint  ${endpoint}\nSecret    ${secret}\nSigned in ${header}\n${hint}`, isOk: true };
}

export async function listConnections(bench: Workbench): Promise<CommandResult> {
  await bench.pipeline.registry.start();
  const sources = bench.pipeline.registry.list().map(({ name, kind, origin, isPaused }) => ({ name, kind, origin, paused: isPaused, endpoint: `${bench.config.publicUrl}/webhooks/${name}` }));
  const outside = await new OutsideSystemStore(bench.sealer).list(bench.transactions);
  const systems = [...bench.config.outsideSystems.map((s) => ({ ...s, origin: 'environment' })), ...outside.map((s) => ({ ...s, origin: 'stored' }))].map(({ name, kind, origin, access }) => ({ name, kind, origin, paused: false, endpoint: access.baseUrl }));
  const rows = [...sources, ...systems];
  return { json: rows, text: rows.map((r) => `${r.name.padEnd(20)} ${r.kind.padEnd(10)} ${r.origin.padEnd(12)} ${r.endpoint}`).join('\n') || 'No connections yet.', isOk: true };
}
