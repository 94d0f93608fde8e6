import { Modal } from '@mantine/core';
import { Icon } from '@orderwatch/ui';
import type { ReactNode } from 'react';
import { useText } from './i18n';
import { useFocusReturn } from './use-focus-return';
import './dialog.css';

interface DialogProps {
  title: string;
  /** Absent: it cannot be left but by doing what it asks for. */
  onClose?: (() => void) | undefined;
  /** Width in pixels. */
  size?: number | undefined;
  children: ReactNode;
}

const stay = (): void => undefined;

/** A dialog with a heading of its own: that of the library is a second banner to whoever listens to the page. */
export const Dialog = ({ title, onClose, size = 400, children }: DialogProps) => {
  const t = useText();
  useFocusReturn();
  const canLeave = onClose !== undefined;
  return (
    <Modal.Root opened onClose={onClose ?? stay} closeOnEscape={canLeave} closeOnClickOutside={canLeave} centered size={size} transitionProps={{ duration: 0 }}>
      <Modal.Overlay backgroundOpacity={0.35} />
      <Modal.Content aria-label={title}>
        <Modal.Body>
          <div className="dialog-head">
            <h2>{title}</h2>
            {canLeave ? (
              <button type="button" aria-label={t('frame:word.close')} onClick={onClose}>
                <Icon name="cross" />
              </button>
            ) : null}
          </div>
          {children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
};
