/** All windows of one browser share the session. One channel a window: it never hears what it says itself. */
const channel = new BroadcastChannel('orderwatch:signed-in');

/** Tells this person's other windows that there is a session again. */
export const tellSignedIn = (email: string): void => channel.postMessage(email);

/** Calls when somebody has signed in by another window. @returns stops it. */
export const onSignedInElsewhere = (listener: (email: string) => void): (() => void) => {
  const hear = ({ data }: MessageEvent<string>): void => listener(data);
  channel.addEventListener('message', hear);
  return () => channel.removeEventListener('message', hear);
};
