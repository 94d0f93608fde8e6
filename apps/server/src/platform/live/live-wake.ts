/** "Something was committed": what commits in this process tells the reader of this process at once; other processes are told by NOTIFY. */
export class LiveWake {
  private readonly listeners = new Set<() => void>();

  onWake(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  wake(): void {
    for (const listener of this.listeners) listener();
  }
}
