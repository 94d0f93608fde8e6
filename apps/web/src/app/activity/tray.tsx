import '../layers.css';
import { Button, EmptyState, Icon, RelativeTime } from '@orderwatch/ui';
import { useEffect, useRef } from 'react';
import { canUndo, dismiss, dismissDone, undo, useActivity, type Activity } from '../../shared/activity';
import { useText } from '../../shared/i18n';

const Items = ({ entry }: { entry: Activity }) => {
  const t = useText();
  const { items } = entry.result;
  if (!items || items.length === 0) return null;
  const failed = items.filter((item) => !item.isDone).length;
  const all = t('frame:activity.items', { count: items.length });
  return (
    <details>
      <summary>{failed > 0 ? t('frame:activity.itemsFailed', { items: all, failed }) : all}</summary>
      <ul>
        {items.map((item) => (
          <li key={item.id} translate="no">
            <Icon name={item.isDone ? 'check' : 'cross'} /> {item.label} {item.message ? <span className="ow-dim">{item.message}</span> : null}
          </li>
        ))}
      </ul>
    </details>
  );
};

const Entry = ({ entry }: { entry: Activity }) => {
  const t = useText();
  const { state, message, reference, progress, href } = entry.result;
  return (
    <li className="tray-entry" data-state={state}>
      <p>
        {entry.object?.href ? <a href={entry.object.href}>{entry.what}</a> : entry.what}
        <RelativeTime at={entry.at} className="ow-dim ow-small" />
      </p>
      {state === 'running' ? (
        <>
          {progress ? <progress max={progress.total} value={progress.done} aria-label={entry.what} /> : null}
          <p className="ow-dim ow-small">{progress ? t('frame:activity.running', progress) : t('frame:activity.runningOnly')}</p>
        </>
      ) : null}
      {state === 'failed' || message ? (
        <p className={`ow-small ${state === 'failed' ? 'ow-red' : 'ow-dim'}`}>
          {message ?? t('frame:activity.failed')} {reference ? t('frame:activity.reference', { id: reference }) : ''}
        </p>
      ) : null}
      <Items entry={entry} />
      <div className="tray-acts">
        {state === 'undone' ? <span className="ow-dim ow-small">{t('frame:activity.undone')}</span> : null}
        {href ? <a href={href}>{t('frame:activity.open')}</a> : null}
        {canUndo(entry) ? (
          <Button compact onClick={() => void undo(entry)}>
            {t('frame:activity.undo')}
          </Button>
        ) : null}
        {state === 'failed' ? (
          <Button compact variant="quiet" onClick={() => dismiss(entry.mutationId)}>
            {t('frame:activity.dismiss')}
          </Button>
        ) : null}
      </div>
    </li>
  );
};

interface TrayProps {
  onClose: () => void;
}

/** Everything this person has done in this session: what came of it, and a way back while there is one. */
export const Tray = ({ onClose }: TrayProps) => {
  const t = useText();
  const entries = useActivity();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    const section = panel.current;
    section?.focus();
    return () => {
      if (section?.contains(document.activeElement) || document.activeElement === document.body) before?.focus();
    };
  }, []);
  return (
    <section
      className="tray"
      aria-label={t('frame:activity.title')}
      tabIndex={-1}
      data-escape
      ref={panel}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <header>
        <h2>{t('frame:activity.title')}</h2>
        <span className="ow-spacer" />
        {entries.some((entry) => entry.result.state === 'done' || entry.result.state === 'undone') ? (
          <Button compact variant="quiet" onClick={dismissDone}>
            {t('frame:activity.dismissDone')}
          </Button>
        ) : null}
        <Button compact variant="quiet" onClick={onClose} aria-label={t('frame:activity.close')}>
          <Icon name="cross" />
        </Button>
      </header>
      {entries.length === 0 ? (
        <EmptyState kind="nothing" title={t('frame:activity.none')}>
          {t('frame:activity.noneWhy')}
        </EmptyState>
      ) : (
        <ol>
          {entries.map((entry) => (
            <Entry key={entry.mutationId} entry={entry} />
          ))}
        </ol>
      )}
    </section>
  );
};
