import { readFileSync } from 'node:fs';

/**
 * Loaded before a server: its wall clock is off by as many milliseconds as the file RIG_CLOCK holds, which is looked at again at
 * most every 50 ms. Durations are not: `performance.now()`, timers and everybody else's clocks go on as they are.
 */
const file = process.env['RIG_CLOCK'];
const LOOK_MS = 50;

const TrueDate = Date;
const trueNow = Date.now;
let offset = 0;
let lookedAt = -Infinity;

function now(): number {
  const since = performance.now();
  if (file !== undefined && since - lookedAt >= LOOK_MS) {
    lookedAt = since;
    try {
      const said = Number(readFileSync(file, 'utf8'));
      if (Number.isFinite(said)) offset = said;
    } catch {
      // Whoever sets it is about to write it; until then it stays.
    }
  }
  return trueNow() + offset;
}

const ShiftedDate: DateConstructor = new Proxy(TrueDate, {
  construct: (target, given: unknown[], newTarget) => Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget) as Date,
  apply: () => new TrueDate(now()).toString(),
});
TrueDate.now = now;
Object.defineProperty(TrueDate.prototype, 'constructor', { value: ShiftedDate, writable: true, configurable: true });
globalThis.Date = ShiftedDate;
