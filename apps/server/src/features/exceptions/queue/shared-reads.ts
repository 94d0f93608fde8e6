/**
 * Lets those who ask for the same at the same time share one read: a change that is pushed makes every dashboard ask for the queue
 * in the same moment. Who comes while a read runs waits for the next one, which begins after they asked, so that nobody is given
 * a picture from before their own last act.
 */
export class SharedReads {
  private readonly running = new Map<string, Promise<unknown>>();
  private readonly waiting = new Map<string, Promise<unknown>>();

  /** `key` names everything the answer depends on but the time. */
  read<T>(key: string, work: () => Promise<T>): Promise<T> {
    const current = this.running.get(key);
    if (!current) return this.start(key, work);
    const known = this.waiting.get(key);
    if (known) return known as Promise<T>;
    const begin = (): Promise<T> => {
      this.waiting.delete(key);
      return this.start(key, work);
    };
    const next = current.then(begin, begin);
    this.waiting.set(key, next);
    return next;
  }

  private start<T>(key: string, work: () => Promise<T>): Promise<T> {
    const read = work();
    this.running.set(key, read);
    const end = (): void => {
      if (this.running.get(key) === read) this.running.delete(key);
    };
    read.then(end, end);
    return read;
  }
}
