import { useState } from 'react';
import type { Remedy } from './decide/decisions';

interface Read {
  /** As it was read; an act is bound to its revision. */
  read: Remedy | undefined;
  /** It has another revision since. */
  isOld: boolean;
  /** It was read as it is now. */
  accept: (remedy: Remedy) => void;
}

/** What the person has in front of them: a newer revision is shown as a change, and is decided on only once it was read. */
export const useRead = (remedy: Remedy | undefined): Read => {
  const [read, setRead] = useState(remedy);
  const isOther = remedy !== undefined && (read?.id !== remedy.id || (read.revision === remedy.revision && read !== remedy));
  if (isOther) setRead(remedy);
  const shown = isOther ? remedy : read;
  return { read: shown, isOld: remedy !== undefined && shown !== undefined && remedy.revision > shown.revision, accept: setRead };
};
