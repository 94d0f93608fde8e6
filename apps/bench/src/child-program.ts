import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { type Usage, usageOf } from '@orderwatch/rig';

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

/** A program of the bench in a process of its own (a floor, a generator): it is asked, and it answers. See `answer`. */
export class ChildProgram {
  private readonly waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  private asked = 0;

  private constructor(private readonly child: ChildProcess, file: string) {
    child.on('message', (message: Answer) => {
      const waiting = this.waiting.get(message.id);
      this.waiting.delete(message.id);
      if (message.error === undefined) waiting?.resolve(message.result);
      else waiting?.reject(new Error(message.error));
    });
    child.on('exit', (code) => {
      for (const { reject } of this.waiting.values()) reject(new Error(`${file} ended with ${code}`));
      this.waiting.clear();
    });
  }

  /** One helper thread, as our server has: four that collect garbage would take the two cores from what is measured. `file`: where it is built, from this folder: `floors/plain-socketio.js`. */
  static start(file: string): ChildProgram {
    return new ChildProgram(fork(join(import.meta.dirname, file), { execArgv: ['--v8-pool-size=1'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }), file);
  }

  ask<T>(command: unknown): Promise<T> {
    return new Promise((resolve, reject) => {
      this.asked += 1;
      this.waiting.set(this.asked, { resolve: (result) => resolve(result as T), reject });
      this.child.send({ id: this.asked, command });
    });
  }

  usage(): Usage {
    return usageOf(this.child.pid);
  }

  end(): void {
    this.child.kill('SIGKILL');
  }
}

/** In the child: answers every command, and ends with the parent. */
export function answer<C>(handle: (command: C) => Promise<unknown>): void {
  process.on('message', ({ id, command }: { id: number; command: C }) => {
    handle(command).then(
      (result) => process.send?.({ id, result } satisfies Answer),
      (error: unknown) => process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) } satisfies Answer),
    );
  });
  process.on('disconnect', () => process.exit(0));
}
