import { Inject, Injectable } from '@nestjs/common';
import { OutsideSystemStore, Sealer, Transactions, type OutsideKind, type OutsideSystem } from '@orderwatch/db';
import type { Config } from '../../../config.js';
import { CONFIG } from '../../../platform/tokens.js';

/** Which outside system is for orders of a home. */
@Injectable()
export class OutsideDirectory {
  private readonly store: OutsideSystemStore;

  constructor(
    private readonly db: Transactions,
    sealer: Sealer,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.store = new OutsideSystemStore(sealer);
  }

  async systemOf(home: string, kinds: readonly OutsideKind[]): Promise<OutsideSystem | null> {
    return pickSystem(await this.all(), home, kinds);
  }

  /** Names of those of which each would do, where there are more than one: then none is taken. */
  async rivalsOf(home: string, kinds: readonly OutsideKind[]): Promise<string[]> {
    return rivalsAmong(await this.all(), home, kinds);
  }

  /** The system of that name, whatever home it serves; null when it is not connected any more. */
  async named(name: string, kind: OutsideKind): Promise<OutsideSystem | null> {
    return (await this.all()).find((system) => system.name === name && system.kind === kind) ?? null;
  }

  private async all(): Promise<OutsideSystem[]> {
    return [...this.config.outsideSystems, ...(await this.store.list(this.db))];
  }
}

/** The one for that home, else the one for all; where two would do, neither is taken. */
export function pickSystem(known: readonly OutsideSystem[], home: string, kinds: readonly OutsideKind[]): OutsideSystem | null {
  const found = fittingSystems(known, home, kinds);
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** Names of those between which nobody chooses. */
export function rivalsAmong(known: readonly OutsideSystem[], home: string, kinds: readonly OutsideKind[]): string[] {
  const fit = fittingSystems(known, home, kinds);
  return fit.length > 1 ? fit.map((system) => system.name).sort() : [];
}

function fittingSystems(known: readonly OutsideSystem[], home: string, kinds: readonly OutsideKind[]): OutsideSystem[] {
  const fit = known.filter((system) => kinds.includes(system.kind));
  const own = fit.filter((system) => system.serves === home);
  return own.length > 0 ? own : fit.filter((system) => system.serves === null);
}
