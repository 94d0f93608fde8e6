/** A source's date-time as epoch milliseconds; one without offset is read as UTC. Undefined when it is none, or not between 1990 and 2100. */
export function instantOf(text: string | null | undefined): number | undefined {
  if (!text || !/^\d{4}-\d{2}-\d{2}/.test(text)) return undefined;
  const hasOffset = /(Z|[+-]\d{2}:?\d{2})$/i.test(text);
  const at = Date.parse(hasOffset || text.length === 10 ? text : `${text}Z`);
  return Number.isNaN(at) || at < Date.UTC(1990, 0) || at >= Date.UTC(2100, 0) ? undefined : at;
}
