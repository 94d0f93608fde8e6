import { corpus, type Message, type Random } from '@orderwatch/rig';

/** Largest body that is taken, counted after inflation. */
export const LIMIT = 5 << 20;

/** Makes a body that was never sent before; `unique` stands in it. */
export type Content = (random: Random, unique: string) => Message;

const text = (body: string): Buffer => Buffer.from(body);
const NOW = Date.UTC(2026, 0, 5);

function order(random: Random, unique: string): Message {
  return corpus({ kind: 'orders', seed: unique, orders: 1_000, bytes: 2_000, from: NOW })(random.below(1_000));
}
function movement(random: Random, unique: string): Message {
  return corpus({ kind: 'movements', seed: unique, orders: 1_000, bytes: 1_000, from: NOW })(random.below(1_000));
}
function tracker(random: Random, unique: string): Message {
  const scan = { status: 'in_transit', message: 'Departed', datetime: new Date(NOW + random.below(1e6)).toISOString(), tracking_location: { city: 'Köln' } };
  return { connection: 'easypost', body: text(JSON.stringify({ object: 'Event', id: unique, result: { object: 'Tracker', carrier: 'UPS', tracking_code: `1Z${random.below(1_000)}`, status: 'in_transit', updated_at: scan.datetime, tracking_details: [scan] } })) };
}
const any = (random: Random, unique: string): Message => random.pick([order, movement, tracker])(random, unique);

const rewritten = (message: Message, rewrite: (json: string) => string): Message => ({ ...message, body: text(rewrite(message.body.toString())) });
/** The value stands where some value of the message stood; everything else is as it should be. */
const planted = (random: Random, message: Message, value: string): Message => {
  const json = message.body.toString();
  const places = [...json.matchAll(/:("[^"\\]*"|-?\d+|null|true|false)(?=[,}])/g)];
  const place = random.pick(places);
  return { ...message, body: text(`${json.slice(0, place.index + 1)}${value}${json.slice(place.index + place[0].length)}`) };
};
const nested = (depth: number, unique: string): string => `${'['.repeat(depth)}"${unique}"${']'.repeat(depth)}`;
const addressed = (random: Random, body: Buffer): Message => random.pick<Message>([{ connection: 'events', body }, { connection: 'shopify', topic: 'orders/updated', body }, { connection: 'easypost', body }]);
const list = (count: number, item: (n: number) => string): string => Array.from({ length: count }, (_, n) => item(n)).join(',');

function utf32(json: string, isBigEndian: boolean): Buffer {
  const points = [...json].map((c) => c.codePointAt(0) ?? 0);
  const bytes = Buffer.alloc(points.length * 4);
  for (const [i, point] of points.entries()) {
    if (isBigEndian) bytes.writeUInt32BE(point, i * 4);
    else bytes.writeUInt32LE(point, i * 4);
  }
  return bytes;
}

const NUMBERS = ['1e400000', '-1e400000', '1e-400000', '9'.repeat(10_000), `0.${'0'.repeat(9_999)}1`, '-0', '9007199254740993', '1E+308', '123456789012345678901234567890.5', '1e15', '2147483648', '-9223372036854775809'];
const STRINGS = ['"\\u0000"', '"a\\u0000b"', '"\\ud800"', '"\\udc00\\ud800"', '"\\uFFFE\\uFFFF"', `"${'x'.repeat(100_000)}"`, '"\u202Etxt.exe"', '"\'; drop table inbox; --"', '"$1"', '"%s%n"', '"{{7*7}}"', '"</script><script>alert(1)</script>"', '"\\\\u0000"', '"e\u0301"', '"\uFEFF"', '"0001-01-01T00:00:00Z"', '"+275760-09-13T00:00:00Z"', '"2026-02-30T25:61:61Z"', '"-infinity"', '"NaN"', '""', '" "'];
const VALUES = ['null', 'true', '[]', '{}', '[[]]', '[null]', '{"":{}}', '{"__proto__":{"isAdmin":true}}', '{"constructor":{"prototype":{"isAdmin":true}}}', '{"toString":1,"valueOf":2,"then":3,"toJSON":4}', '{"$ne":null}', '{"length":-1}'];

/** Small ones: what goes wrong with them goes wrong in the understanding. All are authentic, so all must be kept. */
export const CONTENTS: Readonly<Record<string, Content>> = {
  'a bit flipped': (random, unique) => {
    const { body, ...message } = any(random, unique);
    for (let flips = 1 + random.below(3); flips > 0; flips -= 1) body[random.below(body.length)]! ^= 1 << random.below(8);
    return { ...message, body };
  },
  'cut off': (random, unique) => {
    const message = any(random, unique);
    return { ...message, body: message.body.subarray(0, random.below(message.body.length)) };
  },
  'a piece twice': (random, unique) => {
    const message = any(random, unique);
    const from = random.below(message.body.length);
    return { ...message, body: Buffer.concat([message.body.subarray(0, from), message.body.subarray(random.below(from + 1))]) };
  },
  'malformed': (random, unique) => addressed(random, text(random.pick([`{"id":"${unique}",}`, `{'id':'${unique}'}`, `{id:"${unique}"}`, `["${unique}"`, `"${unique}`, `${unique}`, `{"a":"${unique}"}{"b":1}`, `/* ${unique} */{}`, `{"a":"${unique}","b":NaN}`, `{"a":"${unique}","b":01}`, `{"a":"${unique}","b":"\t"}`, `)]}',\n{"a":"${unique}"}`, `<order id="${unique}"/>`, `a=${unique}&b=1`, `--x\r\ncontent-disposition: form-data; name="${unique}"`]))),
  'UTF-16': (random, unique) => {
    const message = any(random, unique);
    const bytes = Buffer.concat([random.chance(0.5) ? Buffer.from([0xff, 0xfe]) : Buffer.alloc(0), Buffer.from(message.body.toString(), 'utf16le')]);
    return { ...message, body: random.chance(0.5) && bytes.length % 2 === 0 ? bytes.swap16() : bytes };
  },
  'UTF-32': (random, unique) => {
    const message = any(random, unique);
    return { ...message, body: utf32(message.body.toString(), random.chance(0.5)) };
  },
  // U+3042 in Shift-JIS, which is no UTF-8; Latin-1 letters likewise.
  'Shift-JIS, Latin-1': (random, unique) => addressed(random, Buffer.concat([text(`{"id":"${unique}","name":"`), random.pick([Buffer.from([0x82, 0xa0, 0x83, 0x5c]), Buffer.from([0xe4, 0xf6, 0xfc, 0xdf])]), text('"}')])),
  'broken UTF-8': (random, unique) => addressed(random, Buffer.concat([text(`{"id":"${unique}","name":"`), random.pick([Buffer.from([0xc0, 0x80]), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from([0xf4, 0x90, 0x80, 0x80]), Buffer.from([0xe2, 0x82]), Buffer.from([0x80])]), text('"}')])),
  'a byte order mark': (random, unique) => rewritten(any(random, unique), (json) => `\uFEFF${json}`),
  'NUL bytes': (random, unique) => {
    const message = any(random, unique);
    const at = random.below(message.body.length);
    return { ...message, body: Buffer.concat([message.body.subarray(0, at), Buffer.alloc(1 + random.below(8)), message.body.subarray(at)]) };
  },
  'strings that break stores': (random, unique) => planted(random, any(random, unique), random.pick(STRINGS)),
  'numbers that break stores': (random, unique) => planted(random, any(random, unique), random.pick(NUMBERS)),
  'values of another kind': (random, unique) => planted(random, any(random, unique), random.pick(VALUES)),
  'keys twice': (random, unique) => rewritten(any(random, unique), (json) => `{${json.slice(1, -1)},${json.slice(1, -1)}}`),
  'keys of the prototype': (random, unique) => rewritten(any(random, unique), (json) => `{"__proto__":{"isAdmin":true,"id":"${unique}"},"constructor":{"prototype":{"isAdmin":true}},"hasOwnProperty":1,"":2,${json.slice(1)}`),
  'nested a little too deep': (random, unique) => planted(random, any(random, unique), nested(60 + random.below(10_000), unique)),
  'many in one': (random, unique) => ({ connection: 'events', body: text(`[${list(1 + random.below(30), (n) => (n % 3 === 0 ? movement(random, `${unique}-${n}`).body.toString() : random.pick([`"${unique}-${n}"`, `{"id":"${unique}-${n}"}`, nested(70, `${unique}-${n}`)])))}]`) }),
  'not an object': (random, unique) => addressed(random, text(random.pick([`"${unique}"`, `["${unique}"]`, `[[["${unique}"]]]`, `{"":"${unique}"}`, `   "${unique}"   `]))),
};

/** Up to the limit, and over it: what goes wrong with them goes wrong in memory or in time. */
export const LARGE: Readonly<Record<string, Content>> = {
  'two million levels': (random, unique) => addressed(random, text(nested(2_000_000, unique))),
  'levels without an end': (random, unique) => addressed(random, text(`"${unique}"${random.pick(['[', '{"a":', '[{"":'] ).repeat(900_000)}`)),
  'as many keys as fit': (random, unique) => addressed(random, text(`{"id":"${unique}",${list(500_000, (n) => `"${n.toString(36)}":0`)}}`)),
  'as many equal keys as fit': (random, unique) => addressed(random, text(`{"id":"${unique}",${list(800_000, () => '"a":0')}}`)),
  'as many numbers as fit': (random, unique) => addressed(random, text(`["${unique}",${list(1_000_000, (n) => `${n % 10}.5`)}]`)),
  'as many empty objects as fit': (random, unique) => addressed(random, text(`["${unique}",${list(1_500_000, () => '{}')}]`)),
  'one long number': (random, unique) => addressed(random, text(`["${unique}",${'7'.repeat(4_000_000)}]`)),
  'one long string of escapes': (random, unique) => addressed(random, text(`["${unique}","${'\\u0000'.repeat(800_000)}"]`)),
  'blanks': (random, unique) => addressed(random, text(`"${unique}"${' '.repeat(LIMIT - 100)}`)),
  'a tracker with every scan of the year': (_, unique) => ({ connection: 'easypost', body: text(`{"object":"Tracker","id":"${unique}","carrier":"UPS","tracking_code":"1Z${unique}","status":"in_transit","updated_at":"2026-01-05T00:00:00Z","tracking_details":[${list(2_000, (n) => `{"status":"in_transit","datetime":"${new Date(NOW + n * 1_000).toISOString()}"}`)}]}`) }),
  'a full batch of nothing': (_, unique) => ({ connection: 'events', body: text(`[${list(1_000, (n) => `"${unique}-${n}"`)}]`) }),
  'a batch that is too long': (_, unique) => ({ connection: 'events', body: text(`["${unique}",${list(400_000, () => '{}')}]`) }),
  'exactly the limit': (random, unique) => addressed(random, text(`"${unique}"`.padEnd(LIMIT, ' '))),
};
