/** What a floor can be asked by the process that started it, by name. */
export type Commands = Readonly<Record<string, (settings: never) => Promise<unknown>>>;

/** Answers questions of the parent, one at a time, and ends with it. */
export function answerParent(commands: Commands): void {
  process.on('message', ({ command, settings }: { command: string; settings: never }) => {
    const work = commands[command];
    const answer = work ? work(settings) : Promise.reject(new Error(`this floor knows no ${command}`));
    answer.then((result) => process.send?.({ result }), (error: unknown) => process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }));
  });
  process.on('disconnect', () => process.exit(0));
}
