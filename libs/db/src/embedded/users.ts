import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identity, isSameProcess } from './liveness.js';

/** How often this process itself entered, by folder. */
const entered = new Map<string, number>();

/** Which processes use a cluster, as one small file each: the last one out stops it, and a crashed one does not count. */
export class Users {
  constructor(private readonly folder: string) {}

  private get own(): string {
    return join(this.folder, String(process.pid));
  }

  enter(): void {
    entered.set(this.folder, (entered.get(this.folder) ?? 0) + 1);
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(this.own, identity(process.pid) ?? String(process.pid));
  }

  leave(): void {
    const left = (entered.get(this.folder) ?? 1) - 1;
    entered.set(this.folder, left);
    if (left === 0) rmSync(this.own, { force: true });
  }

  hasOthers(): boolean {
    return this.files().some((name) => {
      if (name === String(process.pid)) return (entered.get(this.folder) ?? 0) > 0;
      const file = join(this.folder, name);
      if (isSameProcess(readFileSync(file, 'utf8'))) return true;
      rmSync(file, { force: true });
      return false;
    });
  }

  private files(): string[] {
    try {
      return readdirSync(this.folder);
    } catch {
      return [];
    }
  }
}
