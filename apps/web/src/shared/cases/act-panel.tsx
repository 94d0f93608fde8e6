import './act-panel.css';
import { Button, Kbd } from '@orderwatch/ui';
import { Textarea } from '@mantine/core';
import { useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useText } from '../i18n';
import { draftOf, keepDraft } from './drafts';

export { SnoozePanel } from './snooze-panel';

interface ChoicePanelProps {
  title: string;
  choices: readonly { id: string; label: string; aside?: ReactNode }[];
  onPick: (id: string, note: string) => void;
  onCancel: () => void;
  noteLabel?: string | undefined;
  /** What is typed beside the choice is kept under this name until it is sent: `resolve:EX-8123`. */
  draft?: string | undefined;
}

/** A numbered list: one digit picks. The note is optional and never in the way of the digit. */
export const ChoicePanel = ({ title, choices, onPick, onCancel, noteLabel, draft }: ChoicePanelProps) => {
  const t = useText();
  const panel = useRef<HTMLDivElement>(null);
  const [note, setNote] = useState(() => (draft === undefined ? '' : draftOf(draft)));
  const write = (next: string): void => {
    setNote(next);
    if (draft !== undefined) keepDraft(draft, next);
  };
  // Before it is seen: the digit may follow at once.
  useLayoutEffect(() => panel.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      onCancel();
      return;
    }
    if (event.target instanceof HTMLTextAreaElement || event.ctrlKey || event.metaKey || event.altKey) return;
    const choice = choices[Number(event.key) - 1];
    if (!choice) return;
    event.preventDefault();
    onPick(choice.id, note.trim());
  };
  return (
    <div className="act-panel" role="group" aria-label={title} tabIndex={-1} data-autofocus ref={panel} onKeyDown={onKeyDown}>
      <header>
        <h3>{title}</h3>
        <button type="button" className="ow-link" onClick={onCancel}>
          {t('cases:panel.cancel')} <Kbd hidden>Esc</Kbd>
        </button>
      </header>
      <ol>
        {choices.map((choice, i) => (
          <li key={choice.id}>
            <button type="button" onClick={() => onPick(choice.id, note.trim())}>
              <Kbd>{String(i + 1)}</Kbd>
              <span>{choice.label}</span>
              {choice.aside ? <small>{choice.aside}</small> : null}
            </button>
          </li>
        ))}
      </ol>
      {noteLabel ? <Textarea aria-label={noteLabel} placeholder={noteLabel} autosize minRows={1} maxRows={4} value={note} onChange={(event) => write(event.currentTarget.value)} /> : null}
    </div>
  );
};

interface NotePanelProps {
  title: string;
  label: string;
  action: string;
  onDone: (text: string) => void;
  onCancel: () => void;
  /** What is typed is kept under this name until it is sent: `note:EX-8123`. */
  draft?: string | undefined;
  /** Why it cannot be sent now; it can still be written. */
  reason?: string | undefined;
}

export const NotePanel = ({ title, label, action, onDone, onCancel, draft, reason }: NotePanelProps) => {
  const t = useText();
  const [text, setText] = useState(() => (draft === undefined ? '' : draftOf(draft)));
  const write = (next: string): void => {
    setText(next);
    if (draft !== undefined) keepDraft(draft, next);
  };
  const done = (): void => {
    if (text.trim() && reason === undefined) onDone(text.trim());
  };
  return (
    <div
      className="act-panel"
      role="group"
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) done();
      }}
    >
      <header>
        <h3>{title}</h3>
        <button type="button" className="ow-link" onClick={onCancel}>
          {t('cases:panel.cancel')} <Kbd hidden>Esc</Kbd>
        </button>
      </header>
      <Textarea aria-label={label} placeholder={label} autosize minRows={2} maxRows={6} autoFocus data-autofocus value={text} onChange={(event) => write(event.currentTarget.value)} />
      <footer>
        <Button variant="primary" kbd="Ctrl ↵" disabled={!text.trim() || reason !== undefined} reason={reason ?? t('cases:panel.writeFirst')} onClick={done}>
          {action}
        </Button>
      </footer>
    </div>
  );
};
