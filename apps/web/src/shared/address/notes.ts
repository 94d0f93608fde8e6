import { useSyncExternalStore } from 'react';
import { notUnderstood, type NotUnderstood } from './understood';

/** Read by the frame on every page. */
export const frameNames: readonly string[] = ['tz', 'locale'];

const nothing: readonly NotUnderstood[] = [];
let notes: readonly NotUnderstood[] = nothing;
let notedPath = '';
/** What has been told once is not told again: an address is read anew with every step on its page. */
const told = new Set<string>();
const listeners = new Set<() => void>();

const set = (path: string, next: readonly NotUnderstood[]): void => {
  notes = next;
  notedPath = path;
  // Addresses are read while the router is at work; who shows the note is told afterwards.
  queueMicrotask(() => {
    for (const listener of listeners) listener();
  });
};

type Search = Record<string, unknown>;

/** Wraps a page's reader of its address, so that what it does not understand is told to the person instead of vanishing. */
export const noting =
  <Read extends object>(path: string, read: (search: Search) => Read) =>
  (search: Search): Read => {
    const value = read(search);
    const isNew = ({ name, value: given = '' }: NotUnderstood): boolean => !told.has(`${path} ${name} ${given}`);
    const missed = notUnderstood(search, value as Readonly<Search>, frameNames).filter(isNew);
    for (const { name, value: given = '' } of missed) told.add(`${path} ${name} ${given}`);
    if (missed.length > 0) set(path, path === notedPath ? [...notes, ...missed] : missed);
    return value;
  };

export const dismissAddressNote = (): void => set('', nothing);

/** The page was left: the note was about another address. */
export const leaveAddress = (path: string): void => {
  if (notes.length > 0 && path !== notedPath) dismissAddressNote();
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const currentNotes = (): readonly NotUnderstood[] => notes;

export const useAddressNotes = (): readonly NotUnderstood[] => useSyncExternalStore(subscribe, currentNotes);
