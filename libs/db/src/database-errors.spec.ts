import { describe, expect, it } from '@jest/globals';
import { QueryRunnerAlreadyReleasedError } from 'typeorm';
import { isBadValue, isDatabaseAway, isWorthARetry } from './database-errors.js';

const error = (code: string, message = 'x'): Error => Object.assign(new Error(message), { code });

describe('errors of the database', () => {
  it.each(['08006', '57P01', '57P02', '57P03', '57014', '53100', '53200', '53300', '58030', '25P03', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'])('%s says nothing about what was to be written', (code) => {
    expect([isDatabaseAway(error(code)), isBadValue(error(code))]).toEqual([true, false]);
  });

  it.each(['Connection terminated unexpectedly', 'Connection terminated: the database does not answer on it', 'Query read timeout', 'timeout exceeded when trying to connect', 'Client has encountered a connection error and is not queryable'])('"%s" is a broken connection', (message) => {
    expect(isDatabaseAway(new Error(message))).toBe(true);
  });

  it('knows what TypeORM says when the connection broke before the commit', () => {
    expect(isDatabaseAway(new QueryRunnerAlreadyReleasedError())).toBe(true);
  });

  it.each(['22P05', '23505', '42601', 'XX000'])('%s is about the statement', (code) => {
    expect([isDatabaseAway(error(code)), isWorthARetry(error(code))]).toEqual([false, false]);
  });

  it('tells a lost race from both', () => {
    expect(['40001', '40P01', '55P03'].map((code) => [isDatabaseAway(error(code)), isWorthARetry(error(code))])).toEqual(Array(3).fill([false, true]));
  });
});
