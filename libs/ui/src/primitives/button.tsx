import './primitives.css';
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { Kbd } from './kbd';

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> {
  variant?: 'primary' | 'default' | 'danger' | 'quiet' | undefined;
  /** The key that does the same, shown inside. */
  kbd?: string | undefined;
  compact?: boolean | undefined;
  disabled?: boolean | undefined;
  /** Why it cannot be pressed now; a disabled button stays focusable so that the reason can be read. */
  reason?: string | undefined;
  ref?: Ref<HTMLButtonElement> | undefined;
  children: ReactNode;
}

export const Button = ({ variant = 'default', kbd, compact, disabled, reason, onClick, children, className, ...rest }: ButtonProps) => (
  <button
    type="button"
    {...rest}
    className={className ? `ow-btn ${className}` : 'ow-btn'}
    data-variant={variant}
    data-compact={compact || undefined}
    aria-disabled={disabled || undefined}
    aria-keyshortcuts={kbd}
    title={disabled ? reason : rest.title}
    onClick={(event) => {
      if (disabled) event.preventDefault();
      else onClick?.(event);
    }}
  >
    {children}
    {kbd ? <Kbd hidden>{kbd}</Kbd> : null}
  </button>
);
