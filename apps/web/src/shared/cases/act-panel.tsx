import './act-panel.css';
import { Button, formatTime, Kbd } from '@orderwatch/ui';
import { Textarea } from '@mantine/core';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { snoozeChoices } from './snooze-times';

interface ChoicePanelProps {
  title: string;
  choices: readonly { id: string; label: string; aside?: ReactNode }[];
  onPick: (id: string, note: string) => void;
  onCancel: () => void;
  noteLabel?: string | undefined;
}

/** A numbered list: one digit picks. The note is optional and never in the way of the digit. */
export const ChoicePanel = ({ title, choices, onPick, onCancel, noteLabel }: ChoicePanelProps) => {
  const panel = useRef<HTMLDivElement>(null);
  const [note, setNote] = useState('');
  useEffect(() => panel.current?.focus(), []);
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
    <div className="act-panel" role="group" aria-label={title} tabIndex={-1} ref={panel} onKeyDown={onKeyDown}>
      <header>
        <h3>{title}</h3>
        <button type="button" className="ow-link" onClick={onCancel}>
          Cancel <Kbd hidden>Esc</Kbd>
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
      {noteLabel ? <Textarea aria-label={noteLabel} placeholder={noteLabel} autosize minRows={1} maxRows={4} value={note} onChange={(event) => setNote(event.currentTarget.value)} /> : null}
    </div>
  );
};

interface SnoozePanelProps {
  onPick: (until: string) => void;
  onCancel: () => void;
}

export const SnoozePanel = ({ onPick, onCancel }: SnoozePanelProps) => {
  const [choices] = useState(() => snoozeChoices(new Date()));
  return (
    <ChoicePanel
      title="Snooze until"
      choices={choices.map((choice) => ({ id: choice.id, label: choice.label, aside: formatTime(choice.until, 'minute') }))}
      onPick={(id) => {
        const choice = choices.find((each) => each.id === id);
        if (choice) onPick(choice.until.toISOString());
      }}
      onCancel={onCancel}
    />
  );
};

interface NotePanelProps {
  title: string;
  label: string;
  action: string;
  onDone: (text: string) => void;
  onCancel: () => void;
}

export const NotePanel = ({ title, label, action, onDone, onCancel }: NotePanelProps) => {
  const [text, setText] = useState('');
  const done = (): void => {
    if (text.trim()) onDone(text.trim());
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
          Cancel <Kbd hidden>Esc</Kbd>
        </button>
      </header>
      <Textarea aria-label={label} placeholder={label} autosize minRows={2} maxRows={6} autoFocus value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <footer>
        <Button variant="primary" kbd="Ctrl ↵" disabled={!text.trim()} reason="Write something first" onClick={done}>
          {action}
        </Button>
      </footer>
    </div>
  );
};
