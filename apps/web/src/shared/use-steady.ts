import { useLayoutEffect, useRef, useState } from 'react';

type Acts = Readonly<Record<string, (...args: never[]) => void>>;

/**
 * The same functions at each drawing, which do what those given last do: a part of the page that gets only these is not drawn again because
 * its page is. For what hands do, after the drawing; not to be called in one.
 */
export const useSteady = <A extends Acts>(acts: A): A => {
  const latest = useRef(acts);
  useLayoutEffect(() => {
    latest.current = acts;
  });
  const [steady] = useState(() => Object.fromEntries(Object.keys(acts).map((name) => [name, (...args: never[]) => latest.current[name]?.(...args)])) as unknown as A);
  return steady;
};
