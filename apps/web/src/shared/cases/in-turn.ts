/** What the own acts under way on one case make of its version, once they are answered: whoever saw one between these saw all of them. */
interface Turn {
  from: number;
  to: number;
}

const turns = new Map<string, Promise<Turn>>();

/**
 * Sends a person's acts on one case one after the other. The second is pressed on what the screen foresees of the first, which has no answer
 * yet: sent with the version that was seen, it would conflict with nobody but oneself. What others did in between still conflicts, for each
 * act makes one version and no more is allowed for.
 */
export const inTurn = async <Result>(id: string, seen: number, send: (version: number) => Promise<Result>, isDone: (result: Result) => boolean): Promise<Result> => {
  const before = turns.get(id);
  const { promise, resolve } = Promise.withResolvers<Turn>();
  turns.set(id, promise);
  const known = before && (await before);
  const isOnTop = known !== undefined && seen >= known.from && seen <= known.to;
  const version = isOnTop ? known.to : seen;
  let to = version;
  try {
    const result = await send(version);
    if (isDone(result)) to = version + 1;
    return result;
  } finally {
    if (turns.get(id) === promise) turns.delete(id);
    resolve({ from: isOnTop ? known.from : seen, to });
  }
};
