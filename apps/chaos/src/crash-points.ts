import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Random } from '@orderwatch/rig';

export const ROLES = ['all', 'api', 'worker'] as const;
export type Role = (typeof ROLES)[number];

/** A place to die at: in which process, at which named point, and the how-manieth time it gets there. */
export interface Aim {
  readonly role: Role;
  readonly point: string;
  readonly nth: number;
}

/** Not the looks that every process takes now and then, nor what only ends a transaction that failed. */
const OF_INTEREST = /^(?:insert|update|delete|claim|begin|commit|savepoint|release|advisory|notify|answer|call|select-(?:remedy|order|handle|case|connection|customer))/;
const MOST_TIMES = 5;
/** A point that was seen less often may not be reached again soon. */
const OFTEN = 8;

export const aimText = ({ role, point, nth }: Aim): string => `${role}/${point}#${nth}`;

/** The aim of a run that is to be done again. */
export function aimOf(text: string): Aim {
  const [, role, point, nth] = /^(all|api|worker)\/(.+)#(\d+)$/.exec(text) ?? [];
  if (!role || !point) throw new Error(`FAULT_AT is not <role>/<point>#<n>: ${text}`);
  return { role: role as Role, point, nth: Number(nth) };
}

/** What the processes wrote about the points they saw and died at, a file for each role. */
export class PointLists {
  private readonly folder = mkdtempSync(join(tmpdir(), 'orderwatch-points-'));

  constructor() {
    for (const role of ROLES) appendFileSync(this.fileOf(role), '');
  }

  fileOf(role: Role): string {
    return join(this.folder, role);
  }

  /** How often a process of the role died where it was told to. */
  deaths(role: Role): number {
    return this.lines(role).filter(([word]) => word === 'dead').length;
  }

  /** How many points were seen often enough. */
  size(): number {
    return this.often().size;
  }

  /** One aim for each point that was seen, in the order of chance: no name twice before all have had their turn. */
  aims(random: Random): Aim[] {
    return random.shuffle([...this.often()]).map(([point, roles]) => {
      // In the process that gets there most often.
      const [role, times] = [...roles].reduce((most, one) => (one[1] > most[1] ? one : most));
      return { role, point, nth: 1 + random.below(Math.min(times / OFTEN, MOST_TIMES)) };
    });
  }

  drop(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Points seen often, with how often each role was there. */
  private often(): ReadonlyMap<string, ReadonlyMap<Role, number>> {
    const seen = new Map<string, Map<Role, number>>();
    for (const role of ROLES) {
      for (const [word, point = '', times] of this.lines(role)) {
        if (word !== 'seen' || Number(times) < OFTEN || !OF_INTEREST.test(point)) continue;
        const roles = seen.get(point) ?? new Map<Role, number>();
        seen.set(point, roles.set(role, Math.max(roles.get(role) ?? 0, Number(times))));
      }
    }
    return seen;
  }

  private lines(role: Role): string[][] {
    return readFileSync(this.fileOf(role), 'utf8').split('\n').filter((line) => line !== '').map((line) => line.split(' '));
  }
}
