import { whenNpmIsGone } from './liveness.mjs';
import { PlainError, say } from './say.mjs';

/** How to stop what was started; the last started is stopped first. */
const stops = [];
let stopping = null;
let atStop = () => {};

export const isStopping = () => stopping !== null;

const never = () => new Promise(() => {});

/** Takes charge of something that runs. When the end has begun meanwhile, it is stopped at once and nothing goes on. */
export async function own(stop) {
  if (stopping) {
    await stop();
    await never();
  }
  stops.push(stop);
}

async function unwind(code) {
  atStop();
  if (stops.length) say('Stopping …');
  for (const stop of stops.reverse()) {
    try {
      await stop();
    } catch (error) {
      say(`  ${error.message}`);
    }
  }
  if (stops.length) say('Stopped');
  process.exit(code);
}

/** Stops everything and ends this process. Further calls join the first. */
export const stopAll = (code) => (stopping ??= unwind(code));

/** An error ends the run with code 1; while it is ending anyway, errors are only its echo. */
export function fail(error) {
  if (stopping) return stopping;
  process.stderr.write(`${error instanceof PlainError ? error.message : (error.stack ?? error)}\n`);
  return stopAll(1);
}

/** @param {() => void} onStop told once, before anything is stopped */
export function stopOnSignals(onStop) {
  atStop = onStop;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stopAll(0));
  if (process.channel) {
    process.on('disconnect', () => stopAll(0));
    process.channel.unref();
  }
  whenNpmIsGone(() => stopAll(0));
}
