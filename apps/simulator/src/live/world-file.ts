import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Outgoing } from '../delivery/outgoing.js';
import type { SavedWorld } from './live-world.js';

/** The world and the deliveries it still owed when it stopped. */
export interface WorldFile {
  readonly world: SavedWorld;
  readonly unanswered: readonly Outgoing[];
}

/** The world of the last run, when there is one of this seed; a file that cannot be read counts as none. */
export function loadWorld(path: string, seed: string): WorldFile | undefined {
  try {
    const file = JSON.parse(readFileSync(path, 'utf8')) as WorldFile;
    return file.world.version === 1 && file.world.seed === seed ? file : undefined;
  } catch {
    return undefined;
  }
}

/** Replaces the file as a whole, so that a crash leaves the old world or the new one. */
export function saveWorld(path: string, file: WorldFile): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, JSON.stringify(file));
  renameSync(`${path}.new`, path);
}
