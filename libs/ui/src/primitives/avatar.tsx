import './primitives.css';

interface AvatarProps {
  name: string;
  /** `lease`: holds the case; `ending`: lease ends soon; `acting`: has an open form; `away`: tab hidden or idle. */
  ring?: 'lease' | 'ending' | 'acting' | 'away' | undefined;
  /** Said instead of the name, e.g. "Ana, acting; lease 14 min". */
  label?: string | undefined;
}

export const initials = (name: string): string => {
  const parts = name.trim().split(/\s+/);
  const first = parts[0]?.[0] ?? '?';
  const last = parts.length > 1 ? (parts.at(-1)?.[0] ?? '') : (parts[0]?.[1] ?? '');
  return (first + last).toUpperCase();
};

export const Avatar = ({ name, ring, label }: AvatarProps) => (
  <span className="ow-avatar" data-ring={ring} translate="no" role="img" aria-label={label ?? name} title={label ?? name}>
    {initials(name)}
  </span>
);
