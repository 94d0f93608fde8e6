import { createContext, useContext } from 'react';

/** The few words that components say by themselves. A caller may give others. */
export interface Words {
  second: string;
  minute: string;
  hour: string;
  day: string;
  now: string;
  ago: (duration: string) => string;
  ahead: (duration: string) => string;
  live: string;
  catchingUp: string;
  stale: string;
  offline: string;
  failed: string;
  asOf: (when: string) => string;
  notLiveSince: (when: string) => string;
  table: string;
  chart: string;
  retry: string;
  reference: string;
  dismiss: string;
  close: string;
  newRows: (n: number) => string;
  beforeYours: (n: number) => string;
  leftRows: (n: number) => string;
  movedRows: string;
  loading: string;
  hold: string;
  heldWhy: string;
  liveWhy: string;
}

export const defaultWords: Words = {
  second: 's',
  minute: 'min',
  hour: 'h',
  day: 'd',
  now: 'now',
  ago: (duration) => `${duration} ago`,
  ahead: (duration) => `in ${duration}`,
  live: 'Live',
  catchingUp: 'Catching up',
  stale: 'Not live',
  offline: 'Offline',
  failed: 'Not refreshed',
  asOf: (when) => `as of ${when}`,
  notLiveSince: (when) => `Not live since ${when}`,
  table: 'Table',
  chart: 'Chart',
  retry: 'Try again',
  reference: 'ref',
  dismiss: 'Dismiss',
  close: 'Close',
  newRows: (n) => `${n} new`,
  beforeYours: (n) => `${n} due before your row`,
  leftRows: (n) => `${n} left`,
  movedRows: 'Order changed',
  loading: 'Loading',
  hold: 'Hold',
  heldWhy: 'Rows keep their place and news waits; press to let them come and go',
  liveWhy: 'Rows come and go by themselves; press to hold them',
};

export const WordsContext = createContext<Words>(defaultWords);

export const useWords = (): Words => useContext(WordsContext);
