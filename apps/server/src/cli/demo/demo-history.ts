import type { CommandResult } from '../usage.js';
import type { Workbench } from '../workbench.js';

export async function demoHistory(_bench: Workbench): Promise<CommandResult> {
  return { json: {}, text: '', isOk: true };
}
