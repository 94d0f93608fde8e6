import { describe, expect, it } from '@jest/globals';
import { statementName } from './statement-name.js';

describe('the name of a statement', () => {
  it.each([
    ['START TRANSACTION', 'begin'], ['COMMIT', 'commit'], ['rollback to savepoint digest', 'rollback-to-savepoint'], ['savepoint digest', 'savepoint'],
    ['insert into inbox (id) values ($1) on conflict (id) do update set id = 1', 'insert-inbox'],
    ['with a as (insert into inbox select 1 returning id) insert into change select * from a', 'insert-inbox+insert-change'],
    [`select id from inbox where state = 'new' order by id for update skip locked`, 'claim-inbox'],
    ['with n as (select id from pgboss.job for update skip locked) update pgboss.job j set state = 1', 'update-pgboss.job'],
    ['select pg_advisory_xact_lock(k) from unnest($1::bigint[]) k', 'advisory-lock'], [`select pg_notify('a', '')`, 'notify'], ['select * from order_state', 'select-order_state'],
  ])('%s is %s', (text, name) => {
    expect(statementName(text)).toBe(name);
  });
});
