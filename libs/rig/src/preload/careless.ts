/**
 * Switches `synchronous_commit` off behind the server's back, in every connection of its own. Loaded with `--import` by the twin of a
 * test that must fail: what the server sets itself cannot be switched off from outside.
 */
import { createRequire } from 'node:module';

interface Careful {
  readonly connectionParameters: { options?: string };
}

const { Client } = createRequire(import.meta.url)('pg') as { Client: { prototype: { connect: (this: Careful, ...args: unknown[]) => unknown } } };
const { connect } = Client.prototype;
Client.prototype.connect = function careless(...args) {
  const { connectionParameters } = this;
  connectionParameters.options = `${connectionParameters.options ?? ''} -c synchronous_commit=off`.trim();
  return connect.apply(this, args);
};
