import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identity, isSameProcess } from './liveness.js';

/** Which processes use a cluster, as one small file each: the last one out stops it, and a crashed one does not count. */
export class Users {
  constructor(private readonly folder: string) {}

  private get own(): string {
    return join(this.folder, String(process.pid));
  }

  enter(): void {
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(this.own, identity(process.pid) ?? String(process.pid));
  }

  leave(): void {
    rmSync(this.own, { force: true });
  }

  hasOthers(): boolean {
    return this.files().some((name) => {
      if (name === String(process.pid)) return false;
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
