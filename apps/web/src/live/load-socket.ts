type SocketCode = typeof import('./socket');

let coming: Promise<SocketCode> | undefined;

/** The socket's code: nothing that is painted first needs it, so that it comes beside the app while the page reads its data. What failed is asked for anew. */
export const loadSocket = (): Promise<SocketCode> => {
  coming ??= import('./socket').catch((error: unknown) => {
    coming = undefined;
    throw error;
  });
  return coming;
};
