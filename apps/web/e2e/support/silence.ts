import type { Page } from 'playwright-core';

export interface Line {
  /** Frames are lost from now on, both ways, and nobody closes the socket. */
  cut: () => void;
  mend: () => void;
}

/** The socket of a page as a line that can die without a word. Before the page is opened. */
export const lineOf = async (page: Page): Promise<Line> => {
  let isCut = false;
  await page.routeWebSocket(/\/socket\.io\//, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      if (!isCut) server.send(message);
    });
    server.onMessage((message) => {
      if (!isCut) socket.send(message);
    });
  });
  return {
    cut: () => {
      isCut = true;
    },
    mend: () => {
      isCut = false;
    },
  };
};
