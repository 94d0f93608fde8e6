import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A way to the server of which the sockets can die without a word: bytes vanish, and nobody is told of any end. Requests go on. */
export interface Link {
  readonly url: string;
  /** The live sockets there are die, and until they are mended new ones do. */
  silence: () => void;
  /** New ones live. Those that died stay dead. */
  mend: () => void;
  close: () => Promise<void>;
}

interface Pair {
  readonly ends: readonly [Socket, Socket];
  isLive: boolean;
  isDead: boolean;
}

const UPGRADE = Buffer.from('GET /socket.io/');

/** Stands before a server, on a port of its own. */
export const linkTo = async (server: string): Promise<Link> => {
  const { hostname, port } = new URL(server);
  const pairs = new Set<Pair>();
  let isSilent = false;
  const kill = (pair: Pair): void => {
    if (pair.isLive) pair.isDead = true;
  };
  const relay = createServer({ noDelay: true, allowHalfOpen: true }, (near) => {
    const far = connect({ host: hostname, port: Number(port), noDelay: true, allowHalfOpen: true });
    const pair: Pair = { ends: [near, far], isLive: false, isDead: false };
    pairs.add(pair);
    near.on('data', (bytes: Buffer) => {
      // Browsers open a connection of its own for each web socket: its first request tells.
      if (bytes.subarray(0, UPGRADE.length).equals(UPGRADE)) {
        pair.isLive = true;
        if (isSilent) kill(pair);
      }
      if (!pair.isDead) far.write(bytes);
    });
    far.on('data', (bytes: Buffer) => {
      if (!pair.isDead) near.write(bytes);
    });
    for (const [one, other] of [[near, far], [far, near]] as const) {
      one.on('error', () => undefined);
      one.on('end', () => !pair.isDead && other.end());
      one.on('close', () => {
        if (pair.isDead) return;
        pairs.delete(pair);
        other.destroy();
      });
    }
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  const address = relay.address();
  if (typeof address !== 'object' || address === null) throw new Error('no free port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    silence: () => {
      isSilent = true;
      for (const pair of pairs) kill(pair);
    },
    mend: () => {
      isSilent = false;
    },
    close: async () => {
      relay.close();
      for (const { ends } of pairs) for (const end of ends) end.destroy();
      await once(relay, 'close');
    },
  };
};
