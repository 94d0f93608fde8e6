/** The session cookie. `__Host-` binds it to this host and to https; over plain http (a laptop) browsers refuse that prefix. */
export interface SessionCookie {
  readonly name: string;
  read(header: string | undefined): string | null;
  set(value: string, maxAgeSeconds: number): string;
  clear(): string;
}

export function sessionCookie(publicUrl: string): SessionCookie {
  const isSecure = publicUrl.startsWith('https:');
  const name = isSecure ? '__Host-orderwatch' : 'orderwatch';
  const attributes = `Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  return {
    name,
    read: (header) => {
      for (const part of (header ?? '').split(';')) {
        const at = part.indexOf('=');
        if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim() || null;
      }
      return null;
    },
    set: (value, maxAgeSeconds) => `${name}=${value}; Max-Age=${maxAgeSeconds}; ${attributes}`,
    clear: () => `${name}=; Max-Age=0; ${attributes}`,
  };
}
