import { createContext, useContext, useEffect, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { rememberOpened } from './recent';
import { setTitle } from './title';

interface Slots {
  title: HTMLElement | null;
  freshness: HTMLElement | null;
  buttons: HTMLElement | null;
}

/** Where a page's own parts of the top bar are drawn. The frame owns the places, the page what stands in them. */
export const TopBarSlots = createContext<Slots>({ title: null, freshness: null, buttons: null });

interface TopBarProps {
  /** The page's name; also the window's title. */
  title: string;
  /** Drawn instead of the plain name, e.g. a crumb back to a list. */
  head?: ReactNode;
  freshness?: ReactNode;
  buttons?: ReactNode;
}

export const TopBar = ({ title, head, freshness, buttons }: TopBarProps) => {
  const slots = useContext(TopBarSlots);
  useEffect(() => {
    setTitle(title);
    // An item has a place below a list's: what was opened last can be opened again from the palette.
    const { pathname, search } = window.location;
    if (/^\/[^/]+\/[^/]+/.test(pathname) && /\d/.test(title)) rememberOpened({ href: pathname + search, label: title });
  }, [title]);
  return (
    <>
      {slots.title ? createPortal(head ?? <h1>{title}</h1>, slots.title) : null}
      {slots.freshness && freshness !== undefined ? createPortal(freshness, slots.freshness) : null}
      {slots.buttons && buttons !== undefined ? createPortal(buttons, slots.buttons) : null}
    </>
  );
};
