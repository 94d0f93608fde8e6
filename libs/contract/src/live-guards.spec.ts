import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isBeat, isChange, isPresent, isTopic } from './live-guards.js';
import { beatSchema, changeSchema, presentSchema, topicSchema } from './live.js';

const seq = fc.oneof(fc.constantFrom('1.2', '10.', 'x.1', ' 1.2'), fc.tuple(fc.nat(), fc.nat()).map(([a, b]) => `${a}.${b}`));
const uuid = fc.oneof(fc.uuid(), fc.constantFrom('00000000-0000-0000-0000-000000000000', '00000000-0000-9000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF'));
const topic = fc.oneof(fc.constantFrom('queue', 'approvals', 'health', 'report', 'order', 'order:'), uuid.map((id) => `order:${id}`));
const doing = fc.constantFrom('note', 'snooze', 'resolve', 'refund', 'reship', 'credit', 'reply', 'else', null);
/** Mostly what belongs there, sometimes anything, sometimes nothing. */
const field = <T>(usual: fc.Arbitrary<T>) => fc.oneof({ weight: 30, arbitrary: usual as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: fc.anything() }, { weight: 1, arbitrary: fc.constant(undefined) });
const texts = fc.array(field(fc.string()), { maxLength: 3 });

const change = fc.record(
  {
    topic: field(topic), seq: field(seq), prev: field(fc.option(seq)), entity: field(fc.constantFrom('case', 'order', 'remedy', 'cohort', 'delegation', 'source', 'dead_letter', 'x')),
    id: field(fc.string()), version: field(fc.oneof(fc.integer(), fc.constantFrom(1.5, Number.NaN, 2 ** 53))), changed: field(texts), patch: field(fc.dictionary(fc.string(), fc.anything())),
    at: field(fc.string()), cause: field(fc.record({ actor: field(fc.option(fc.string())), mutationId: field(fc.option(fc.string())) })), more: fc.anything(),
  },
  { requiredKeys: ['topic', 'entity', 'id', 'version', 'changed', 'at', 'cause'] },
);
const beat = fc.record({ serverTime: field(fc.string()), seq: field(fc.dictionary(fc.string(), field(fc.option(seq)))), refetch: field(fc.boolean()) }, { requiredKeys: ['serverTime', 'seq'] });
const person = fc.record({ id: field(fc.string()), name: field(fc.string()), state: field(fc.constantFrom('viewing', 'away', 'acting', 'gone')), doing: field(doing) });
const present = fc.record({ orderId: field(uuid), people: field(fc.array(person, { maxLength: 3 })) });

/** The schema leaves a key of that name out without a look; the guard looks at it as at any other. */
const hasPrototypeKey = (value: unknown): boolean => {
  const positions = (value as { seq?: unknown } | null | undefined)?.seq;
  return typeof positions === 'object' && positions !== null && Object.hasOwn(positions, '__proto__');
};

describe('what the page takes from the socket', () => {
  it.each([
    ['a change', change, isChange, changeSchema],
    ['a beat', beat, isBeat, beatSchema],
    ['who is there', present, isPresent, presentSchema],
    ['a topic', topic, isTopic, topicSchema],
  ] as const)('is %s to the guard when it is to the schema, and only then', (_, some, guard, schema) => {
    let taken = 0;
    fc.assert(
      fc.property(fc.oneof({ weight: 20, arbitrary: some as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: fc.anything() }), (value) => {
        fc.pre(!hasPrototypeKey(value));
        const isValid = schema.safeParse(value).success;
        if (isValid) taken += 1;
        expect(guard(value)).toBe(isValid);
      }),
      { numRuns: 2000 },
    );
    // A test that saw only refusals would prove nothing.
    expect(taken).toBeGreaterThan(100);
  });
});
