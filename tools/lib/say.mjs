const started = Date.now();

let stream = process.stdout;

/** For scripts whose standard output is an answer that others read. */
export const sayOnStandardError = () => (stream = process.stderr);

/** A line for the person at the terminal. */
export const say = (text) => stream.write(`${text}\n`);

export const seconds = (since = started) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** Runs a step that may take long: says what it is, keeps saying that it goes on, and how long it took. */
export async function step(title, work) {
  const since = Date.now();
  say(`${title} …`);
  const tick = setInterval(() => say(`  still at it (${seconds(since)})`), 15_000);
  try {
    const result = await work();
    say(`  done in ${seconds(since)}`);
    return result;
  } finally {
    clearInterval(tick);
  }
}

/** An error whose message is all a person needs: no stack is printed for it. */
export class PlainError extends Error {}

/** Runs a script's main act; a plain error is shown as its message alone, and either kind ends with code 1. */
export async function main(act) {
  try {
    await act();
  } catch (error) {
    process.stderr.write(`${error instanceof PlainError ? error.message : (error?.stack ?? error)}\n`);
    process.exit(1);
  }
}
