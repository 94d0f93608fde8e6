import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { ConnectionKind } from '@orderwatch/db';
import { type Random, SECRETS } from '@orderwatch/rig';
import { NEIGHBOURS, OLD } from './forged-signatures-connections.js';
import { type Draft, flipped, freshBody, headersWith, keyOf, macOf, signedBytes, type Signed, written } from './forged-signatures-requests.js';

/** A delivery as its source would sign it, and what a forger has of it. */
export interface Forger {
  readonly kind: ConnectionKind;
  readonly random: Random;
  /** What is signed. */
  readonly signed: Signed;
  /** Epoch ms. */
  readonly now: number;
}

type Forge = (forger: Forger) => Draft;

const genuineMac = ({ kind, signed }: Forger): Buffer => macOf(kind, keyOf(kind, SECRETS[kind]), signed);
const draft = ({ kind, signed }: Forger, signature: string | readonly string[] | undefined, body = signed.body): Draft => ({ connection: kind, headers: headersWith(kind, signed, signature), body });
/** Signed as it should be, but for what is named. */
const withMac = (forger: Forger, mac: Buffer): Draft => draft(forger, written(forger.kind, mac));
const withKey = (forger: Forger, key: Buffer): Draft => withMac(forger, macOf(forger.kind, key, forger.signed));
const bytes = (random: Random, length: number): Buffer => Buffer.from(Array.from({ length }, () => random.below(256)));

/** In another encoding than the kind's: of the right bytes. */
function otherEncoding(forger: Forger): string {
  const mac = genuineMac(forger);
  switch (forger.kind) {
    case 'events':
      return forger.random.pick([`v1,${mac.toString('hex')}`, mac.toString('base64'), `v1=${mac.toString('base64')}`, `v1,${mac.toString('latin1').replaceAll(/[^\x21-\x7e]/g, '?')}`]);
    case 'shopify':
      return forger.random.pick([mac.toString('hex'), `sha256=${mac.toString('base64')}`, `v1,${mac.toString('base64')}`]);
    case 'easypost':
      return forger.random.pick([`hmac-sha256-hex=${mac.toString('base64')}`, mac.toString('hex'), `sha256=${mac.toString('hex')}`, `hmac-sha256-hex=${mac.toString('hex')}00`]);
  }
}

/** Ways to sign without knowing the secret that any kind might fall for. */
const OF_ANY: Readonly<Record<string, Forge>> = {
  'a bit of the signature': (f) => withMac(f, flipped(genuineMac(f), f.random)),
  'a bit of the body': (f) => draft(f, written(f.kind, genuineMac(f)), flipped(f.signed.body, f.random)),
  'a byte more': (f) => draft(f, written(f.kind, genuineMac(f)), Buffer.concat([f.signed.body, Buffer.from(f.random.pick([' ', '\n', '\0', '}', ']']))])),
  'a byte less': (f) => draft(f, written(f.kind, genuineMac(f)), f.signed.body.subarray(0, -1)),
  'the same JSON, written otherwise': (f) => draft(f, written(f.kind, genuineMac(f)), Buffer.from(JSON.stringify(JSON.parse(f.signed.body.toString()), null, 1))),
  'no body': (f) => draft(f, written(f.kind, genuineMac(f)), Buffer.alloc(0)),
  'the signature of another body': (f) => withMac(f, macOf(f.kind, keyOf(f.kind, SECRETS[f.kind]), { ...f.signed, body: freshBody(f.kind, 'another', f.now) })),
  'signed packed, checked unpacked': (f) => {
    const body = gzipSync(f.signed.body);
    const packed = draft(f, written(f.kind, macOf(f.kind, keyOf(f.kind, SECRETS[f.kind]), { ...f.signed, body })), body);
    return { ...packed, headers: { ...packed.headers, 'content-encoding': 'gzip' } };
  },
  'no signature': (f) => draft(f, undefined),
  'an empty signature': (f) => draft(f, f.random.pick(['', ' ', ',', 'v1,', 'v1, v1,', 'hmac-sha256-hex=', '=', '====', 'null', 'undefined', 'true', '0'])),
  'a shorter signature': (f) => withMac(f, genuineMac(f).subarray(0, f.random.below(32))),
  'a longer signature': (f) => withMac(f, Buffer.concat([genuineMac(f), bytes(f.random, 1 + f.random.below(40))])),
  'a guess': (f) => withMac(f, bytes(f.random, 32)),
  'nothing but zeros': (f) => withMac(f, Buffer.alloc(32)),
  'another encoding': (f) => draft(f, otherEncoding(f)),
  'many guesses': (f) => draft(f, Array.from({ length: 20 }, () => written(f.kind, bytes(f.random, 32)))),
  'many guesses in one header': (f) => draft(f, Array.from({ length: 50 }, () => written(f.kind, bytes(f.random, 32))).join(f.random.pick([' ', ', ', ',']))),
  'JSON for a signature': (f) => draft(f, f.random.pick(['[]', '{}', `["${written(f.kind, bytes(f.random, 32))}"]`, '{"$ne":null}', `{"length":32}`])),
  'the secret of another kind': (f) => withKey(f, Buffer.from(SECRETS[f.random.pick((['events', 'shopify', 'easypost'] as const).filter((kind) => kind !== f.kind))])),
  'the secret of the neighbour': (f) => withKey(f, keyOf(f.kind, NEIGHBOURS[f.kind])),
  'our secret at the neighbour': (f) => ({ ...withKey(f, keyOf(f.kind, SECRETS[f.kind])), connection: `${f.kind}-neighbour` }),
  'a connection of another kind': (f) => ({ ...withKey(f, keyOf(f.kind, SECRETS[f.kind])), connection: f.random.pick((['events', 'shopify', 'easypost'] as const).filter((kind) => kind !== f.kind)) }),
  'an empty key': (f) => withKey(f, Buffer.alloc(0)),
  'an empty key where there is none': (f) => ({ ...withKey(f, Buffer.alloc(0)), connection: `${f.kind}-${f.random.pick(['keyless', 'empty'])}` }),
  'a guess where there is no key': (f) => ({ ...withMac(f, bytes(f.random, 32)), connection: `${f.kind}-${f.random.pick(['keyless', 'empty'])}` }),
  'a well-known key': (f) => withKey(f, Buffer.from(f.random.pick(['secret', 'null', 'undefined', 'whsec_', 'hush', '[object Object]', '0']))),
  'another hash': (f) => withMac(f, macOf(f.kind, keyOf(f.kind, SECRETS[f.kind]), f.signed, f.random.pick(['sha1', 'sha512', 'sha384', 'md5', 'sha512-256']))),
  'a hash without a key': (f) => withMac(f, createHash('sha256').update(signedBytes(f.kind, f.signed)).digest()),
  'a hash of key and text': (f) => withMac(f, createHash('sha256').update(keyOf(f.kind, SECRETS[f.kind])).update(signedBytes(f.kind, f.signed)).digest()),
  'the key where the signature belongs': (f) => withMac(f, keyOf(f.kind, SECRETS[f.kind])),
  'the signature in the address': (f) => ({ ...draft(f, undefined), connection: `${f.kind}?signature=${encodeURIComponent(written(f.kind, genuineMac(f)))}` }),
  'another header': (f) => ({ ...draft(f, undefined), headers: { ...headersWith(f.kind, f.signed, undefined), authorization: `Bearer ${written(f.kind, genuineMac(f))}`, 'x-hub-signature-256': written(f.kind, genuineMac(f)) } }),
};

const seconds = (f: Forger, away: number): string => String(Math.floor(f.now / 1000) + away);
const resigned = (f: Forger, change: Partial<Signed>): Draft => {
  const signed = { ...f.signed, ...change };
  return withKey({ ...f, signed }, keyOf('events', SECRETS.events));
};
/** Genuine, with headers that say something else than what was signed. */
const retold = (f: Forger, headers: Draft['headers']): Draft => ({ ...draft(f, written('events', genuineMac(f))), headers: { ...headersWith('events', f.signed, written('events', genuineMac(f))), ...headers } });

/** What only Standard Webhooks has: a signed id, a signed time, versions. */
const OF_EVENTS: Readonly<Record<string, Forge>> = {
  'a bit of the id': (f) => retold(f, { 'webhook-id': `${f.signed.id}x` }),
  'another time': (f) => retold(f, { 'webhook-timestamp': seconds(f, 1 + f.random.below(60)) }),
  'told again after the tolerance': (f) => resigned(f, { timestamp: seconds(f, -310 - f.random.below(1_000_000)) }),
  'from the future': (f) => resigned(f, { timestamp: seconds(f, 310 + f.random.below(1_000_000)) }),
  'a time that is none': (f) => resigned(f, { timestamp: f.random.pick([`${f.now}`, `+${seconds(f, 0)}`, `-${seconds(f, 0)}`, `${seconds(f, 0)}.5`, '0x6900', '1e9', 'NaN', 'Infinity', new Date(f.now).toISOString(), '9'.repeat(40)]) }),
  'no time': (f) => ({ ...retold(f, {}), headers: { 'webhook-id': f.signed.id, 'webhook-signature': written('events', genuineMac(f)) } }),
  'no id': (f) => ({ ...retold(f, {}), headers: { 'webhook-timestamp': f.signed.timestamp, 'webhook-signature': written('events', genuineMac(f)) } }),
  'two ids': (f) => retold(f, { 'webhook-id': [f.signed.id, 'another'] }),
  'two times': (f) => retold(f, { 'webhook-timestamp': [f.signed.timestamp, seconds(f, 1)] }),
  'parts moved over the dot': (f) => retold(f, { 'webhook-id': `${f.signed.id}.${f.signed.timestamp}`, 'webhook-timestamp': '' }),
  'another version': (f) => draft(f, f.random.pick(['v0', 'v1a', 'v2', 'V1', 'v1b', '']).concat(',', genuineMac(f).toString('base64'))),
  'the text of the secret as key': (f) => withKey(f, Buffer.from(f.random.pick([SECRETS.events, SECRETS.events.slice('whsec_'.length)]))),
  'only the body signed': (f) => withMac(f, macOf('shopify', keyOf('events', SECRETS.events), f.signed)),
  'a retired secret': (f) => withKey(f, keyOf('events', OLD.events)),
};

export const FORGERIES: readonly { readonly kind: ConnectionKind; readonly name: string; readonly forge: Forge }[] = (['events', 'shopify', 'easypost'] as const).flatMap((kind) =>
  Object.entries(kind === 'events' ? { ...OF_ANY, ...OF_EVENTS } : OF_ANY).map(([name, forge]) => ({ kind, name, forge })));
