import { connect, type Socket } from 'node:net';

/** What came back: the last answer's status and text, or that the other side hung up or stayed silent. */
export interface Reply {
  readonly outcome: number | 'closed' | 'silent';
  /** Final answers heard; more than one when requests came in one packet. */
  readonly statuses: readonly number[];
  /** Head and body of all that was heard. */
  readonly text: string;
}

export interface Raw {
  /** Written one after the other, as fast as the other side takes them. */
  readonly pieces: readonly Buffer[];
  /** Says that no more comes, as a sender does that broke off. */
  readonly hangsUp?: boolean;
  /** Answers to wait for. */
  readonly answers?: number;
}

const PATIENCE_MS = 60_000;

interface Answer {
  readonly status: number;
  readonly end: number;
}

/** Final answers in the text; interim ones (1xx) are passed over. */
function answersIn(text: string): Answer[] {
  const answers: Answer[] = [];
  for (let at = 0; ; ) {
    const head = text.indexOf('\r\n\r\n', at);
    if (head < 0) return answers;
    const lines = text.slice(at, head).toLowerCase();
    const status = Number(lines.slice(9, 12));
    const end = head + 4 + Number(/\r\ncontent-length: *(\d+)/.exec(lines)?.[1] ?? 0);
    if (text.length < end) return answers;
    if (status >= 200) answers.push({ status, end });
    at = end;
  }
}

/** One connection, with whatever bytes; resolves when it was answered, or closed by the other side. */
export function exchange(port: number, { pieces, hangsUp = false, answers: wanted = 1 }: Raw): Promise<Reply> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
    const patience = setTimeout(() => settle('silent'), PATIENCE_MS);
    const settle = (otherwise: 'closed' | 'silent'): void => {
      clearTimeout(patience);
      socket.destroy();
      const statuses = answersIn(text).map((answer) => answer.status);
      resolve({ outcome: statuses.at(-1) ?? otherwise, statuses, text });
    };
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (answersIn(text).length >= wanted) settle('closed');
    });
    // A reset is a way to hang up.
    socket.on('error', () => settle('closed'));
    socket.on('end', () => settle('closed'));
    socket.on('close', () => settle('closed'));
    void write(socket, pieces, hangsUp);
  });
}

async function write(socket: Socket, pieces: readonly Buffer[], hangsUp: boolean): Promise<void> {
  for (const piece of pieces) {
    if (socket.destroyed) return;
    if (!socket.write(piece)) await drained(socket);
  }
  if (hangsUp) socket.end();
}

/** Resolves when the socket takes more, or takes nothing any more. */
function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const over = (): void => {
      socket.off('drain', over).off('close', over);
      resolve();
    };
    socket.on('drain', over).on('close', over);
  });
}
