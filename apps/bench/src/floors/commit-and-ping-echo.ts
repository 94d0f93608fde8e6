import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { answer } from '../child-program.js';

/** The other end of the floor's ping: a bare WebSocket that sends back what comes. */
answer(async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  server.on('connection', (socket) => socket.on('message', (message) => socket.send(message)));
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
});
