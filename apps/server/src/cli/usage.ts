/** Wrong usage: exit code 2, with the words. */
export class UsageError extends Error {}

/** What a command came to: the document for `--json`, the text for people, and whether the answer is "yes". */
export interface CommandResult {
  readonly json: unknown;
  readonly text: string;
  readonly isOk: boolean;
}

/** Progress and remarks for people; standard output belongs to the answer. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** An instant from the command line; ISO 8601 with a zone, or a date. */
export function instantOption(name: string, text: string | undefined): number {
  const at = text !== undefined && /^\d{4}-\d{2}-\d{2}(T.+(Z|[+-]\d{2}:?\d{2}))?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new UsageError(`--${name} must be a time such as 2026-01-31T12:00:00Z${text === undefined ? '' : `, not "${text}"`}.`);
  return at;
}

/** `rule  n` lines, most first. */
export function countsInWords(counts: Readonly<Record<string, number>>): string {
  const lines = Object.entries(counts).sort(([, a], [, b]) => b - a).map(([rule, n]) => `  ${rule.padEnd(28)} ${n}`);
  return lines.length > 0 ? lines.join('\n') : '  nothing';
}
