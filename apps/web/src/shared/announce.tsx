import { useSyncExternalStore } from 'react';

let said = { text: '', tone: 'polite' as 'polite' | 'assertive', n: 0 };
const listeners = new Set<() => void>();

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Says the result of one's own act, to the eye at the foot of the window and to the ear. */
export const announce = (text: string, tone: 'polite' | 'assertive' = 'polite'): void => {
  said = { text, tone, n: said.n + 1 };
  for (const listener of listeners) listener();
};

/** The last thing said, and its running number. */
export const announced = (): typeof said => said;

export const useAnnounced = (): typeof said => useSyncExternalStore(subscribe, announced);

/** The one polite and the one assertive live region of the whole app. */
export const Announcer = () => {
  const { text, tone } = useAnnounced();
  return (
    <>
      <div role="status" aria-live="polite" className="ow-sr">
        {tone === 'polite' ? text : ''}
      </div>
      <div role="alert" aria-live="assertive" className="ow-sr">
        {tone === 'assertive' ? text : ''}
      </div>
    </>
  );
};
