import { type Message, pathOf, type Random, signature } from '@orderwatch/rig';
import { CONTENTS } from './hostile-bodies-contents.js';
import { type Attack, headOf, type Hostile, TAKEN } from './hostile-bodies-requests.js';

const message = (random: Random, unique: string): Message => {
  const made = random.pick(Object.values(CONTENTS))(random, unique);
  return made.body.length > 0 ? made : { ...made, body: Buffer.from(unique) };
};
const chunk = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
const LAST = Buffer.from('0\r\n\r\n');
const raw = (text: string): Buffer => Buffer.from(text, 'latin1');

/** Head with those lines about its length, then the bytes. */
function framed(random: Random, unique: string, lengths: string, bytes?: readonly Buffer[]): { readonly pieces: readonly Buffer[]; readonly message: Message } {
  const made = message(random, unique);
  const signed = Object.entries(signature(made, unique, Date.now())).map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return { message: made, pieces: [Buffer.from(`POST ${pathOf(made)} HTTP/1.1\r\nhost: 127.0.0.1\r\n${signed}${lengths}\r\n`), ...(bytes ?? [made.body])] };
}

/** Requests whose framing lies. What cannot be framed is answered 400, 408 or by hanging up. */
const LENGTHS: Readonly<Record<string, Attack>> = {
  'longer than it is': (random, unique) => {
    const made = message(random, unique);
    return { pieces: [headOf(made, unique, { 'content-length': String(made.body.length + 1 + random.below(1_000)) }), made.body], hangsUp: true, allowed: [400, 408, 'closed'] };
  },
  'shorter than it is': (random, unique) => {
    const made = message(random, unique);
    return { pieces: [headOf(made, unique, { 'content-length': String(random.below(made.body.length)) }), made.body], allowed: [401, 400] };
  },
  'no number': (random, unique) => ({ ...framed(random, unique, `content-length: ${random.pick(['-1', '-0', '+5', '0x10', '1e3', '5 5', '5;5', '1.0', 'NaN', '\u0661', '99999999999999999999999', '18446744073709551617', ','])}\r\n`), allowed: [400, 'closed'] }),
  'twice': (random, unique) => ({ ...framed(random, unique, `content-length: ${random.pick(['5\r\ncontent-length: 6', '5\r\ncontent-length: 5', '5, 5', '5, 6'])}\r\n`), allowed: [400, 'closed'] }),
  'with chunks as well': (random, unique) => {
    const { message: made } = framed(random, unique, '');
    return { ...framed(random, unique, random.pick(['content-length: 5\r\ntransfer-encoding: chunked\r\n', 'transfer-encoding: chunked\r\ncontent-length: 0\r\n']), [chunk(made.body), LAST]), allowed: [400, 'closed'] };
  },
  'none at all': (random, unique) => ({ ...framed(random, unique, ''), allowed: [400, 401, 'closed'] }),
  'another transfer encoding': (random, unique) => ({ ...framed(random, unique, `transfer-encoding: ${random.pick(['identity', 'xchunked', 'chunked, identity', 'gzip', '\x0bchunked', 'chunked\r\ntransfer-encoding: x', 'chunked, chunked'])}\r\n`), hangsUp: true, allowed: [400, 401, 408, 'closed'] }),
};

const CHUNKS: Readonly<Record<string, Attack>> = {
  'honest chunks of a byte': (random, unique) => {
    const made = message(random, unique);
    const head = headOf(made, unique, { 'transfer-encoding': 'chunked' });
    const small = made.body.length < 5_000 ? [...made.body].map((byte) => chunk(Buffer.from([byte]))) : [chunk(made.body)];
    return { pieces: [head, Buffer.concat([...small, LAST])], allowed: TAKEN, authentic: made };
  },
  'chunks that lie': (random, unique) => {
    const made = message(random, unique);
    const lie = random.pick(['zz\r\n', '-5\r\n', 'FFFFFFFFFFFFFFFFF\r\n', '0x5\r\n', '5 \r\n', '\r\n', '5;\x00\r\n', '3\r\nabcdef\r\n', '1\r\na', `5;${'x'.repeat(40_000)}\r\n`]);
    return { pieces: [headOf(made, unique, { 'transfer-encoding': 'chunked' }), chunk(made.body), raw(lie)], hangsUp: true, allowed: [400, 401, 408, 413, 'closed'] };
  },
  'chunks without an end': (random, unique) => {
    const made = message(random, unique);
    return { pieces: [headOf(made, unique, { 'transfer-encoding': 'chunked' }), chunk(made.body)], hangsUp: true, allowed: [400, 408, 'closed'] };
  },
  'long trailers': (random, unique) => {
    const made = message(random, unique);
    return { pieces: [headOf(made, unique, { 'transfer-encoding': 'chunked' }), chunk(made.body), raw(`0\r\n${'x-trailer: y\r\n'.repeat(1 + random.below(5_000))}\r\n`)], allowed: [...TAKEN, 400, 413, 431, 'closed'], authentic: made };
  },
};

const plain = (text: string, allowed: Hostile['allowed']): Hostile => ({ pieces: [raw(text)], hangsUp: true, allowed });
const post = (path: string, unique: string, more = ''): string => `POST ${path} HTTP/1.1\r\nhost: x\r\nx-unique: ${unique}\r\n${more}content-length: 2\r\n\r\n{}`;

const HEADS: Readonly<Record<string, Attack>> = {
  'oversized headers': (random, unique) => plain(post('/webhooks/events', unique, random.pick([`x: ${'y'.repeat(20_000 + random.below(200_000))}\r\n`, 'a: b\r\n'.repeat(10_000), `${'z'.repeat(50_000)}: y\r\n`, `webhook-signature: ${'v1,AAAA '.repeat(10_000)}\r\n`])), [431, 'closed']),
  'headers that are none': (random, unique) => plain(post('/webhooks/events', unique, random.pick(['no colon\r\n', ': empty\r\n', 'a b: c\r\n', 'a\x00b: c\r\n', 'a: b\x00c\r\n', 'a: b\rc: d\r\n', ' folded\r\n', 'host: y\r\nhost: z\r\n', '\x80\xff: x\r\n'])), [400, 401, 'closed']),
  'odd methods': (random, unique) => plain(post('/webhooks/events', unique).replace('POST', random.pick(['FOO', 'post', 'GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'PATCH', 'CONNECT', 'MKCOL', 'LOCK', 'QUERY', '\x00', 'P'.repeat(10_000), 'PRI'])), [400, 404, 405, 431, 'closed']),
  'odd paths': (random, unique) => plain(post(random.pick([
    '/webhooks', '/webhooks/', '/webhooks//', '/webhooks/nobody', '/webhooks/%', '/webhooks/%zz', '/webhooks/%ff', '/webhooks/%00', '/webhooks/events%00', '/webhooks/__proto__', '/webhooks/constructor', '/webhooks/toString', '/webhooks/../graphql', '/webhooks/%2e%2e/health', '//webhooks/events',
    'http://example.com/webhooks/nobody', 'https://[::1', '*', '?', '/webhooks/EVENTS', `/webhooks/${'x'.repeat(300)}`, `/webhooks/${'x'.repeat(30_000)}`, `/webhooks/nobody/${'a/'.repeat(2_000)}`, "/webhooks/'%3B%20drop%20table%20inbox%3B--", '/webhooks/nobody?a[]=1&a[__proto__]=2', '/webhooks/\xe4', '/webhooks/events\t',
  ]), unique), [400, 401, 404, 405, 414, 431, 'closed']),
  'not signed, at an odd topic': (random, unique) => plain(post(`/webhooks/shopify/${random.pick(['..', '%2e%2e%2f', '__proto__', '%00', '%ff', 'x'.repeat(5_000), 'orders/updated/'.repeat(50), '\xff'])}`, unique), [400, 401, 404, 414, 'closed']),
  'no HTTP': (random, unique) => plain(random.pick([`\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03${unique}`, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', `GET /${unique}\r\n`, '\r\n'.repeat(1_000), '\x00'.repeat(1_000), `SSH-2.0-${unique}\r\n`, 'POST /webhooks/events HTTP/9.9\r\n\r\n', 'POST /webhooks/events HTTP/1.1\n\n', 'POST  /webhooks/events  HTTP/1.1\r\n\r\n', 'EHLO x\r\n', `${'A'.repeat(100_000)}`]), [400, 401, 404, 405, 431, 505, 'closed']),
  'something else instead': (random, unique) => plain(post('/webhooks/events', unique, random.pick(['upgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n', 'upgrade: h2c\r\nconnection: upgrade, http2-settings\r\nhttp2-settings: AAMAAABk\r\n'])), [400, 401, 'closed']),
  // 417 is what HTTP has for it.
  'expecting the impossible': (random, unique) => plain(post('/webhooks/events', unique, random.pick(['expect: 100-continue\r\n', 'expect: a miracle\r\n'])), [401, 417]),
  'HTTP of the last century': (random, unique) => {
    const made = message(random, unique);
    const head = headOf(made, unique, { 'content-length': String(made.body.length) }).toString('latin1').replace('HTTP/1.1', 'HTTP/1.0');
    return { pieces: [raw(head), made.body], allowed: TAKEN, authentic: made };
  },
  'many in one packet': (random, unique) => {
    const one = headOf({ connection: 'shopify', topic: 'orders/updated', body: Buffer.from('{}') }, unique, { 'content-length': '2' });
    const answers = 2 + random.below(30);
    return { pieces: [Buffer.concat(Array.from({ length: answers }, () => Buffer.concat([one, Buffer.from('{}')])))], answers, allowed: TAKEN, authentic: { connection: 'shopify', topic: 'orders/updated', body: Buffer.from('{}') } };
  },
  'in many packets': (random, unique) => {
    const made = message(random, unique);
    const whole = Buffer.concat([headOf(made, unique, { 'content-length': String(made.body.length) }), made.body]);
    const cuts = Array.from({ length: 5 }, () => random.below(whole.length)).sort((a, b) => a - b);
    return { pieces: [0, ...cuts].map((from, i) => whole.subarray(from, [...cuts, whole.length][i])), allowed: TAKEN, authentic: made };
  },
};

export const FRAMING_ATTACKS: Readonly<Record<string, Attack>> = { ...LENGTHS, ...CHUNKS, ...HEADS };
