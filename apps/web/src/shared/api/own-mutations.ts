const KEPT = 200;
const own = new Set<string>();

/** Remembers the id of an act of this window, so that its echo from the socket is known as one's own. */
export const rememberMutation = (id: string): string => {
  own.add(id);
  if (own.size > KEPT) {
    const [oldest] = own;
    if (oldest !== undefined) own.delete(oldest);
  }
  return id;
};

export const isOwnMutation = (id: string | null | undefined): boolean => id != null && own.has(id);
