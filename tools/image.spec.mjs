import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root } from './lib/paths.mjs';

const { nodeArgs, env } = JSON.parse(readFileSync(join(root, 'apps/server/runtime.json'), 'utf8'));
const image = readFileSync(join(root, 'Dockerfile'), 'utf8');

describe('the image', () => {
  it('runs the server with the memory settings of every other start', () => {
    const command = JSON.parse(/^CMD (.+)$/m.exec(image)[1]);
    expect(command.filter((word) => nodeArgs.includes(word))).toEqual(nodeArgs);
    const set = [...image.matchAll(/^ENV (.+)$/gm)].flatMap(([, words]) => words.split(' '));
    expect(set).toEqual(expect.arrayContaining(Object.entries(env).map(([name, value]) => `${name}=${value}`)));
  });
});
