import { badInput } from '../errors/refusals.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Ids come from screens; anything else is a mistake that must be told, not a database error. */
export function uuid(value: string, name: string): string {
  if (!UUID.test(value)) throw badInput(`${name} must be a UUID.`);
  return value.toLowerCase();
}

/** The same for a look-up: what is no id names nothing. */
export function caseId(value: string): string | null {
  return UUID.test(value) ? value.toLowerCase() : null;
}
