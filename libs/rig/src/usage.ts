import { readFileSync, readdirSync } from 'node:fs';

/** What a process has used so far. */
export interface Usage {
  /** User and system time, milliseconds. */
  readonly cpuMs: number;
  /** Resident memory, bytes. */
  readonly memory: number;
}

const TICK_MS = 10;
const NOTHING: Usage = { cpuMs: 0, memory: 0 };

/** Of one process, from /proc (Linux). Zeros when it is gone. */
export function usageOf(pid: number | undefined): Usage {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS, memory: Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024 };
  } catch {
    return NOTHING;
  }
}

/** Of a process and its children, those that ended included: a PostgreSQL server with its backends, which come and go. */
export function usageOfTree(pid: number): Usage {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === pid);
  const all = [pid, ...children.map(Number)].map(usageOf);
  return { cpuMs: all.reduce((sum, one) => sum + one.cpuMs, endedChildrenMs(pid)), memory: all.reduce((sum, one) => sum + one.memory, 0) };
}

/** CPU time of the children that were waited for. */
function endedChildrenMs(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[13]) + Number(fields[14])) * TICK_MS;
  } catch {
    return 0;
  }
}

function parentOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0;
  }
}
