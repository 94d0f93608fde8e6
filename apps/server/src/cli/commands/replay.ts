import { UsageError, say, type CommandResult } from '../usage.js';
import type { Workbench } from '../workbench.js';

export interface ReplayOptions {
  readonly connection: string | undefined;
  readonly deadLetters: boolean;
  readonly dryRun: boolean;
}

/** Runs dead letters, or a connection's raw deliveries, through today's code. */
export async function replay(bench: Workbench, options: ReplayOptions): Promise<CommandResult> {
  const { connection, deadLetters, dryRun } = options;
  if (connection === undefined && !deadLetters) throw new UsageError('Say what to replay: --dead-letters, --connection NAME, or both.');
  await bench.pipeline.registry.start();
  if (connection !== undefined && !bench.pipeline.registry.known(connection)) throw new UsageError(`There is no connection ${connection}.`);
  const outcome = await bench.pipeline.replay.run({ connection, deadOnly: deadLetters }, dryRun, (done, all) => say(`${done} of ${all}`));
  const { tried, wouldChange, alreadyApplied, stillFail, causes } = outcome;
  const verb = dryRun ? 'would change something' : 'changed something';
  const text = `${tried} deliveries: ${wouldChange} ${verb}, ${alreadyApplied} told nothing new, ${stillFail} still fail${causes.length > 0 ? ` (${causes.join(', ')})` : ''}.`;
  return { json: { dryRun, ...outcome }, text, isOk: stillFail === 0 };
}
