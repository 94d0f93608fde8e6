import { createContext, useContext } from 'react';

/** How times are written on the whole screen. */
export interface TimeView {
  /** An IANA zone; undefined: that of the machine. */
  timeZone?: string | undefined;
  /** The screen is old: an age that goes on counting would look alive, so the clock is shown instead. */
  isAbsolute?: boolean | undefined;
  /** The server's clock minus this machine's, in milliseconds. */
  offsetMs?: number | undefined;
}

export const TimeViewContext = createContext<TimeView>({});

export const useTimeView = (): TimeView => useContext(TimeViewContext);

let zone: string | undefined;

/** The zone of `formatTime` and `exactTime` where the caller names none; set together with the context. */
export const setDefaultZone = (timeZone: string | undefined): void => {
  zone = timeZone;
};

export const defaultZone = (): string | undefined => zone;
