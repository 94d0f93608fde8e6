/**
 * Arrays as parameters, in PostgreSQL's binary format (src/backend/utils/adt/arrayfuncs.c, array_recv). As text every quote and
 * backslash of an element would be escaped here and unescaped there, and bytes would travel as hex: the hot path sends whole
 * batches this way. The statement casts each parameter (`$1::text[]`).
 */
const OID = { bool: 16, bytea: 17, int8: 20, int4: 23, text: 25, float8: 701, uuid: 2950 } as const;
type Nullable<T> = readonly (T | null)[];

const HEADER = 20;

/** One dimension, counted from 1; every element with its length, null as -1. */
function array<T>(oid: number, values: Nullable<T>, sizeOf: (value: T) => number, write: (buffer: Buffer, value: T, at: number, size: number) => void): Buffer {
  const sizes = values.map((value) => (value === null ? -1 : sizeOf(value)));
  const buffer = Buffer.allocUnsafe(values.length === 0 ? 12 : HEADER + sizes.reduce((sum, size) => sum + 4 + Math.max(0, size), 0));
  buffer.writeInt32BE(values.length === 0 ? 0 : 1, 0);
  buffer.writeInt32BE(sizes.includes(-1) ? 1 : 0, 4);
  buffer.writeInt32BE(oid, 8);
  if (values.length === 0) return buffer;
  buffer.writeInt32BE(values.length, 12);
  buffer.writeInt32BE(1, 16);
  let at = HEADER;
  for (let i = 0; i < values.length; i += 1) {
    const [value, size = -1] = [values[i] ?? null, sizes[i]];
    buffer.writeInt32BE(size, at);
    at += 4;
    if (value === null) continue;
    write(buffer, value, at, size);
    at += size;
  }
  return buffer;
}

export const textArray = (values: Nullable<string>): Buffer => array(OID.text, values, (v) => Buffer.byteLength(v), (b, v, at) => b.write(v, at));
export const byteaArray = (values: Nullable<Buffer>): Buffer => array(OID.bytea, values, (v) => v.length, (b, v, at) => b.set(v, at));
export const uuidArray = (values: Nullable<string>): Buffer => array(OID.uuid, values, () => 16, (b, v, at) => writeUuid(b, v, at));
export const float8Array = (values: Nullable<number>): Buffer => array(OID.float8, values, () => 8, (b, v, at) => b.writeDoubleBE(v, at));
export const int4Array = (values: Nullable<number>): Buffer => array(OID.int4, values, () => 4, (b, v, at) => b.writeInt32BE(v, at));
export const int8Array = (values: Nullable<number | string | bigint>): Buffer => array(OID.int8, values, () => 8, (b, v, at) => b.writeBigInt64BE(BigInt(v), at));
export const boolArray = (values: Nullable<boolean>): Buffer => array(OID.bool, values, () => 1, (b, v, at) => b.writeUInt8(v ? 1 : 0, at));

const HYPHEN = 45;
const NO_DIGIT = 0xff;
/** Value of each hex digit by its character code. The general way, over the text without its hyphens, takes three times as long. */
const DIGITS = Uint8Array.from({ length: 128 }, (_, code) => (/[\da-f]/i.test(String.fromCharCode(code)) ? Number.parseInt(String.fromCharCode(code), 16) : NO_DIGIT));

function writeUuid(buffer: Buffer, uuid: string, at: number): void {
  let written = 0;
  let seen = 0;
  for (let i = 0; i < uuid.length && written <= 16; i += 2) {
    if (uuid.charCodeAt(i) === HYPHEN) i += 1;
    const high = DIGITS[uuid.charCodeAt(i)] ?? NO_DIGIT;
    const low = DIGITS[uuid.charCodeAt(i + 1)] ?? NO_DIGIT;
    seen |= high | low;
    if (written < 16) buffer[at + written] = (high << 4) | low;
    written += 1;
  }
  if (written !== 16 || seen > 0xf) throw new TypeError(`not a UUID: ${uuid}`);
}
