import { readFileSync } from 'node:fs';

/**
 * What tells a process from a later one that was given the same number. On Linux the kernel's start time of it;
 * elsewhere only the number itself is known, which errs on the side of "still alive".
 */
export function identity(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : `${pid}@${fields[19]}`;
  } catch {
    try {
      process.kill(pid, 0);
      return `${pid}`;
    } catch (error) {
      return error.code === 'EPERM' ? `${pid}` : null;
    }
  }
}

export const isSameProcess = (known) => identity(Number.parseInt(known, 10)) === known;

/** npm may be killed without passing it on; then whoever ran it no longer waits for us. */
export function whenNpmIsGone(act) {
  const { ppid } = process;
  if (process.env.npm_lifecycle_event === undefined || ppid === 1) return;
  const timer = setInterval(() => {
    if (process.ppid === ppid) return;
    clearInterval(timer);
    act();
  }, 1_000).unref();
}
