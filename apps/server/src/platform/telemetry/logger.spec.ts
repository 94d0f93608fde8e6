import { describe, expect, it } from '@jest/globals';
import { newToken } from '../auth/tokens.js';
import { createLogger } from './logger.js';

const canaries = { master: 'master-secret-7d1f', token: 'shpat_canary_99', cookie: newToken('session') };

function logging(write: (logger: ReturnType<typeof createLogger>) => void): { lines: Record<string, unknown>[]; text: string } {
  let text = '';
  write(createLogger({ level: 'debug', role: 'test', secrets: [canaries.master, canaries.token], destination: { write: (line: string) => void (text += line) } }));
  return { text, lines: text.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe('the log', () => {
  it('is one line of JSON per event, whatever is written', () => {
    const { lines } = logging((logger) => {
      logger.info({ name: 'a\nb\r"c\u2028' }, 'first\n{"level":"fatal"}');
      logger.error({ err: new Error('bad\nthing') }, 'second');
    });
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({ level: 'info', role: 'test', msg: 'first\n{"level":"fatal"}' });
  });

  it('tells what the database refused without the row', () => {
    const { lines, text } = logging((logger) => logger.error({ err: Object.assign(new Error('violates check constraint'), { code: '23514', detail: 'Failing row contains (7, Maria Keller).' }) }, 'refused'));
    expect(lines[0]).toMatchObject({ err: { message: 'violates check constraint', code: '23514' } });
    expect(text).not.toContain('Maria');
  });

  it('holds no secret: struck out by key, and by value wherever it turns up', () => {
    const { text } = logging((logger) => {
      logger.info({ password: 'hunter22', headers: { authorization: 'Bearer xyzzy', cookie: 'a=b' }, a: { b: { token: 'plugh' } } }, 'by key');
      logger.warn({ err: new Error(`connect failed with ${canaries.master}`) }, `calling with ${canaries.token}`);
      logger.warn({ url: `/x?c=${canaries.cookie}` }, 'own cookie');
    });
    for (const secret of ['hunter22', 'xyzzy', 'a=b', 'plugh', canaries.master, canaries.token, canaries.cookie]) expect(text).not.toContain(secret);
  });
});
