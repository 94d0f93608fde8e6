import { readFileSync } from 'node:fs';

/**
 * What tells a process from a later one that was given the same number. On Linux the kernel's start time of it;
 * elsewhere only the number itself is known, which errs on the side of "still alive". Null: there is no such process.
 */
export function identity(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : `${pid}@${fields[19]}`;
  } catch {
    try {
      process.kill(pid, 0);
      return `${pid}`;
    } catch (error) {
      return codeOf(error) === 'EPERM' ? `${pid}` : null;
    }
  }
}

export const isAlive = (pid: number): boolean => identity(pid) !== null;

export const isSameProcess = (known: string): boolean => identity(Number.parseInt(known, 10)) === known;

/** By shape: an error of Node's own is of another realm where modules run in a context of their own (Jest). */
export const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
