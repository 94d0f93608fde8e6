import { describe, expect, it } from '@jest/globals';
import type { Command } from '../../shared/commands/types';
import { fits, paletteGroups } from './palette-groups';

const command = (id: string, section: Command['section'], label: Command['label'], more: Partial<Command> = {}): Command => ({ id, section, label, scope: 'item', run: () => undefined, ...more });
const commands = [
  command('search', 'general', 'frame:command.search'),
  command('go.queue', 'go', 'frame:command.queue'),
  command('light', 'settings', 'frame:command.light'),
  command('claim', 'item', 'frame:command.undo', { isAllowed: () => ({ allowed: false, why: 'Ana has it' }) }),
  command('copy', 'item', 'frame:command.copy', { object: 'EX-8123' }),
  command('down', 'list', 'frame:command.next', { isKeyOnly: true }),
];
const groups = (text: string) =>
  paletteGroups({
    text,
    commands,
    recent: [{ href: '/orders/1', label: '#10482' }],
    hits: [{ kind: 'order', id: '7', label: '#10519' }],
    mayRun: (each) => each.isAllowed?.() ?? { allowed: true },
    words: (key) => key.replace('frame:command.', ''),
  });

describe('paletteGroups', () => {
  it('begins with the item in hand and ends with settings; what may not run stands last and says why', () => {
    expect(groups('').map((group) => group.id)).toEqual(['item', 'recent', 'go', 'found', 'general']);
    expect(groups('')[0]?.choices.map((choice) => choice.id)).toEqual(['copy', 'claim']);
  });
  it('keeps what fits, and everything the server found', () => {
    expect(groups('ex-81').flatMap((group) => group.choices.map((choice) => choice.id))).toEqual(['copy', 'order/7']);
    expect(groups('1048').map((group) => group.id)).toEqual(['recent', 'found']);
  });
});

describe('fits', () => {
  it('takes beginnings of words in any order, whatever their accents', () => {
    expect([fits('Go to exceptions', 'exc go'), fits('Überfällig', 'uber'), fits('Resolve', 'solve')]).toEqual([true, true, false]);
  });
});
