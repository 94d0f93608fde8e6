import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { answer } from '../child-program.js';

/** The floor of B10: socket.io as it comes, without deflate. Everybody may join everything, and every message goes to the room. */
export type PlainCommand = { readonly kind: 'listen' } | { readonly kind: 'emit'; readonly topic: string; readonly message: unknown; readonly count: number };

const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false, perMessageDeflate: false });
io.on('connection', (socket) => {
  socket.on('subscribe', ({ topics }: { topics: string[] }, ack: (answer: unknown) => void) => {
    void socket.join(topics);
    ack({ joined: Object.fromEntries(topics.map((topic) => [topic, null])), refused: [] });
  });
});

answer(async (command: PlainCommand) => {
  if (command.kind === 'listen') {
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    return (http.address() as AddressInfo).port;
  }
  for (let i = 0; i < command.count; i += 1) io.to(command.topic).emit('change', command.message);
  return undefined;
});
