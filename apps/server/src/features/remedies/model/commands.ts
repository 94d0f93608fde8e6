import fc from 'fast-check';
import { movesMoney, type LookUpFinding } from '@orderwatch/domain';
import { refundOf, reshipOf, type Name } from '../../../testing/remedy-harness.js';
import { inspect, learn, mayBegin, mutation, type Known, type Model, type Trouble, type World } from './world.js';

type Command = fc.AsyncCommand<Model, World>;

const SECOND = 1_000;
const HOUR = 3_600_000;

/** One act; afterwards everything that must be true is looked at. */
function command(name: string, run: (model: Model, world: World) => Promise<unknown>, isPossible: (model: Model) => boolean = () => true): Command {
  return {
    check: isPossible,
    run: async (model, world) => {
      await run(model, world);
      await inspect(model, world);
    },
    toString: () => name,
  };
}

/** An act on one of the remedies there are. */
function onOne(name: string, pick: number, run: (known: Known, model: Model, world: World) => Promise<unknown>): Command {
  const which = (model: Model): Known | undefined => model.known[pick % Math.max(1, model.known.length)];
  return command(`${name} #${pick}`, async (model, world) => {
    const known = which(model);
    if (known) await run(known, model, world);
  }, (model) => which(model) !== undefined);
}

const seenKey = (who: Name, { id }: Known): string => `${who} ${id}`;

async function look(who: Name, known: Known, world: World): Promise<void> {
  const { remedy } = await world.read(known);
  world.seen.set(seenKey(who, known), { revision: remedy.revision, amount: remedy.amount?.minor ?? null });
}

async function approve(who: Name, known: Known, model: Model, world: World, head: Name = who): Promise<void> {
  const seen = world.seen.get(seenKey(who, known));
  if (!seen) return;
  const role = world.people[who].role === 'manager' && !model.managers.has(who) ? 'agent' : world.people[who].role;
  const answer = await world.desk.decide.approve(known.id, { revision: seen.revision, amountMinor: seen.amount, onBehalfOf: head === who ? null : world.people[head].id }, { id: world.people[who].id, role }, mutation());
  if (answer.kind !== 'done') return;
  // Who is no manager decides in somebody's stead without saying whose: the answer does, and whether they may is for the model to say.
  const inWhose = answer.remedy.remedy.approvals.at(-1)?.onBehalfOf;
  const said = MANAGERS.find((name) => world.people[name].id === inWhose);
  known.votes.push({ by: who, head: head === who && role !== 'manager' ? (said ?? who) : head, ...seen, at: world.now });
}

async function nameStandIn(head: Name, hand: Name, model: Model, world: World): Promise<void> {
  const until = world.now + 25 * HOUR;
  const answer = await world.desk.delegate.name({ personId: world.people[hand].id, reason: 'Away', from: world.now, until, mutationId: mutation() }, { id: world.people[head].id, role: model.managers.has(head) ? 'manager' : 'agent' });
  if (answer.kind === 'done') model.named.push({ head, hand, until });
}

/** The worker's turn. What it begins it must be allowed to begin, by what was seen and not by what is stored. */
async function work(known: Known, trouble: Trouble, model: Model, world: World): Promise<void> {
  const before = await world.read(known);
  const isAllowed = before.remedy.state !== 'approved' || mayBegin(model, known, before, world.now);
  world.begun.clear();
  await world.work(known, trouble);
  if (before.remedy.state === 'approved' && world.begun.has(known.id)) {
    if (!isAllowed) throw new Error(`${before.number} was begun without a valid approval`);
    known.hasBegun = true;
  }
  const after = await world.read(known);
  if (after.remedy.state === 'executed' && before.remedy.state !== 'executed') model.facts += 1;
}

async function lookUp(known: Known, truth: boolean, who: Name, [model, world]: readonly [Model, World]): Promise<void> {
  const record = await world.read(known);
  if (record.remedy.state !== 'needs_human') return;
  await world.pass(SECOND);
  const [effect] = world.effects(known);
  // Who says it happened names what they found. Who is mistaken asks for it again, which must do no harm.
  const finding: LookUpFinding = effect && truth ? { is: 'happened', reference: effect.id } : effect || truth ? { is: 'retry' } : { is: 'give_up' };
  const answer = await world.desk.lookUp.run(known.id, finding, 'Looked in the shop', { actor: world.people[who], mutationId: mutation() });
  if (answer.kind !== 'done') return;
  if (finding.is === 'retry') known.facts = model.facts;
  if (finding.is === 'happened') model.facts += 1;
}

async function isUnderWay(model: Model, world: World): Promise<boolean> {
  const records = await Promise.all(model.known.map((known) => world.read(known)));
  return records.some(({ remedy }) => remedy.state === 'executing' || remedy.state === 'needs_human');
}

const WHO = ['ana', 'ben', 'lena', 'clara', 'tomas', 'dora', 'jonas'] as const satisfies readonly Name[];
const MANAGERS = ['clara', 'tomas', 'dora'] as const;
const ASKERS = ['ana', 'ben', 'lena', 'clara'] as const;
const AMOUNTS = [1, 5_000, 70_000, 100_001, 120_000] as const;
const TROUBLES: readonly Trouble[] = ['none', 'none', 'reply_lost', 'down', 'refuses', 'slow', 'crash'];
const TIMES = [SECOND, 30 * SECOND, 40 * SECOND, 900 * SECOND, 21 * HOUR, 25 * HOUR, 100 * HOUR] as const;

const pick = fc.constantFrom(0, 0, 0, 0, 1, 2);
const manager = fc.constantFrom(...MANAGERS);
const change = (amountMinor: number | null) => ({ amountMinor, currency: amountMinor === null ? null : 'EUR', lines: amountMinor === null ? [{ lineId: '1', quantity: 1 }] : [], reasonCode: 'lost', reason: 'Changed', evidenceFactIds: [] });

/** Somebody asks for something. */
export const ASKING: fc.Arbitrary<Command> = fc.record({ who: fc.constantFrom(...ASKERS), amount: fc.constantFrom(...AMOUNTS), kind: fc.constantFrom('refund', 'reship', 'credit'), hasAccount: fc.boolean() }).map(({ who, amount, kind, hasAccount }) =>
  command(`${who} asks for ${kind === 'reship' ? 'a reship' : `a ${kind} of ${amount}`}`, async (model, world) => {
    const { orderId } = world.order;
    if (kind === 'credit') world.shop.hasAccounts = hasAccount; // whether there is an account may change between two attempts
    learn(model, await world.desk.propose.run(kind === 'reship' ? reshipOf(orderId) : refundOf(orderId, { kind, amountMinor: amount }), world.people[who]), who);
  }, (model) => model.known.length < 3));

const APPROVING: fc.Arbitrary<Command> = fc.record({ pick, who: manager }).map(({ pick: n, who }) => onOne(`${who} reads and approves`, n, async (known, model, world) => {
  await look(who, known, world);
  await approve(who, known, model, world);
}));

const WORKING: fc.Arbitrary<Command> = fc.record({ pick, trouble: fc.constantFrom(...TROUBLES) }).map(({ pick: n, trouble }) => onOne(`work, ${trouble}`, n, (known, model, world) => work(known, trouble, model, world)));

const WORKING_LATER: fc.Arbitrary<Command> = fc.record({ pick, trouble: fc.constantFrom(...TROUBLES) }).map(({ pick: n, trouble }) => onOne(`40 s and work, ${trouble}`, n, async (known, model, world) => {
  await world.pass(40 * SECOND);
  await work(known, trouble, model, world);
}));

/** Everything that persons, workers, the shop and time can do to the remedies of one order; what leads somewhere more often. */
export const COMMANDS: readonly fc.Arbitrary<Command>[] = [
  ASKING, ...Array.from({ length: 5 }, () => APPROVING), ...Array.from({ length: 3 }, () => WORKING), ...Array.from({ length: 8 }, () => WORKING_LATER),
  fc.record({ pick, who: fc.constantFrom(...WHO) }).map(({ pick: n, who }) => onOne(`${who} reads`, n, (known, _, world) => look(who, known, world))),
  fc.record({ pick, who: fc.constantFrom(...WHO) }).map(({ pick: n, who }) => onOne(`${who} approves what they read`, n, (known, model, world) => approve(who, known, model, world))),
  fc.record({ pick, amount: fc.constantFrom(...AMOUNTS) }).map(({ pick: n, amount }) => onOne(`managers approve while it becomes ${amount}`, n, async (known, model, world) => {
    await Promise.all(MANAGERS.map((who) => look(who, known, world)));
    const { revision } = (await world.read(known)).remedy;
    const edit = world.desk.revise.edit(known.id, revision, change(movesMoney(known.kind) ? amount : null), { actor: world.people[known.asker], mutationId: mutation() });
    const [edited] = await Promise.all([edit, ...MANAGERS.map((who) => approve(who, known, model, world))]);
    if (edited.kind === 'done') known.facts = model.facts;
  })),
  fc.record({ pick, amount: fc.constantFrom(...AMOUNTS) }).map(({ pick: n, amount }) => onOne(`it becomes ${amount}`, n, async (known, model, world) => {
    const { revision } = (await world.read(known)).remedy;
    const answer = await world.desk.revise.edit(known.id, revision, change(movesMoney(known.kind) ? amount : null), { actor: world.people[known.asker], mutationId: mutation() });
    if (answer.kind === 'done') known.facts = model.facts;
  })),
  fc.record({ pick, who: manager }).map(({ pick: n, who }) => onOne(`${who} declines`, n, async (known, _, world) => {
    await world.desk.decide.decline(known.id, (await world.read(known)).remedy.revision, 'no', world.people[who], mutation());
  })),
  fc.record({ pick, who: manager }).map(({ pick: n, who }) => onOne(`${who} calls back`, n, async (known, _, world) => {
    const answer = await world.desk.decide.callBack(known.id, world.people[who], mutation());
    if (answer.kind === 'done') known.votes.length = 0; // what was called back is decided anew
  })),
  fc.record({ pick, who: manager }).map(({ pick: n, who }) => onOne(`${who} asks back`, n, (known, _, world) => world.desk.revise.ask(known.id, 'Which?', { actor: world.people[who], mutationId: mutation() }))),
  pick.map((n) => onOne('the asker answers', n, (known, _, world) => world.desk.revise.answer(known.id, 'That', { actor: world.people[known.asker], mutationId: mutation() }))),
  pick.map((n) => onOne('it is tried again', n, async (known, model, world) => {
    const answer = await world.desk.revise.retry(known.id, (await world.read(known)).remedy.revision, 'again', { actor: world.people[known.asker], mutationId: mutation() });
    if (answer.kind === 'done') known.facts = model.facts;
  })),
  fc.record({ pick, who: manager, truth: fc.boolean() }).map(({ pick: n, who, truth }) => onOne(`${who} looks it up`, n, (known, model, world) => lookUp(known, truth, who, [model, world]))),
  manager.map((who) => command(`${who} is no manager any more, or again`, async (model, world) => {
    const role = model.managers.has(who) ? 'agent' : 'manager';
    if (role === 'agent') model.managers.delete(who);
    else model.managers.add(who);
    await world.desk.db.query('update person set role = $2 where id = $1', [world.people[who].id, role]);
  })),
  fc.record({ who: manager, hand: fc.constantFrom('lena', 'tomas') }).map(({ who, hand }) => command(`${who} names ${hand} in their stead`, (model, world) => nameStandIn(who, hand, model, world))),
  ...Array.from({ length: 2 }, () => fc.record({ pick, head: manager, hand: fc.constantFrom('lena', 'tomas') }).map(({ pick: n, head, hand }) => onOne(`${hand} reads and approves in ${head}’s stead`, n, async (known, model, world) => {
    await look(hand, known, world);
    await approve(hand, known, model, world, head);
  }))),
  // Both voices of one name, and the worker's turn: together they are one.
  fc.record({ pick, head: manager }).map(({ pick: n, head }) => onOne(`${head} and lena in their stead approve, and work`, n, async (known, model, world) => {
    await nameStandIn(head, 'lena', model, world);
    for (const who of [head, 'lena'] as const) {
      await look(who, known, world);
      await approve(who, known, model, world, head);
    }
    await world.pass(40 * SECOND);
    await work(known, 'none', model, world);
  })),
  fc.constant(command('somebody refunds in the shop itself', async (model, world) => {
    if (model.known.some((known) => world.effects(known).length > 0) || (await isUnderWay(model, world))) return; // a shop refuses by itself to pay back more than was paid
    await world.desk.feed.take(world.desk.feed.event('payment.refunded', world.order.home, { amount: '10.00', currency: 'EUR' }, 0));
    model.refundedElsewhere += 1_000;
    model.facts += 1;
  }, (model) => model.refundedElsewhere < 3_000)),
  fc.constantFrom(...TIMES).map((time) => command(`${time / SECOND} s pass`, (_, world) => world.pass(time))),
  fc.constant(command('the sweep', (_, world) => world.desk.sweep.run())),
];

/** Time goes on without trouble until nothing is under way: whatever was approved is done, or lies before people with a reason. */
export async function settle(model: Model, world: World): Promise<void> {
  let under = model.known;
  for (let turn = 0; turn < 6 && under.length > 0; turn += 1) {
    await world.pass(900 * SECOND);
    for (const known of under) await work(known, 'none', model, world);
    const records = await Promise.all(under.map((known) => world.read(known)));
    under = under.filter((_, i) => ['approved', 'executing'].includes(records[i]?.remedy.state ?? ''));
  }
  await inspect(model, world);
  for (const known of model.known) {
    const { number, remedy } = await world.read(known);
    if (remedy.state === 'approved' || remedy.state === 'executing') throw new Error(`${number} is ${remedy.state} for ever`);
  }
}
