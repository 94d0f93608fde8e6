import { startTransition, useEffect, useState } from 'react';

/** Longer than a held key takes to repeat, shorter than anybody reads, in milliseconds. */
const REST_MS = 80;

/**
 * The id that hands have come to rest on: what is drawn and read beside a list follows this one, so that a key that is held costs a row's
 * colour and nothing else. At once when nothing was there before, nothing is there now, or it cannot wait.
 */
export const useAtRest = (id: string | null, isUrgent: boolean): string | null => {
  const [rest, setRest] = useState(id);
  const isNow = isUrgent || id === null || rest === null;
  if (isNow && rest !== id) setRest(id);
  useEffect(() => {
    if (rest === id) return;
    const timer = setTimeout(() => startTransition(() => setRest(id)), REST_MS);
    return () => clearTimeout(timer);
  }, [id, rest]);
  return isNow ? id : rest;
};
