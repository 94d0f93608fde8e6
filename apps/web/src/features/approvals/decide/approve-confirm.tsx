import { Button } from '@orderwatch/ui';
import { useEffect, useRef } from 'react';
import { useText } from '../../../shared/i18n';
import { ConfirmFooter } from './confirm-footer';
import type { Remedy } from './decisions';
import { approveLabel, title } from '../words';

/** Long enough that the key press which opened the panel cannot also answer it. */
const SETTLE_MS = 300;

interface ConfirmProps {
  remedy: Remedy;
  isBusy: boolean;
  onDone: () => void;
  onCancel: () => void;
}

/** Restates what will happen. Focus goes to the act itself, because it is held for half a minute and can be called back. */
export const ApproveConfirm = ({ remedy, isBusy, opened, onDone, onCancel }: ConfirmProps & { opened: number }) => {
  const t = useText();
  const button = useRef<HTMLButtonElement>(null);
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    head.current?.focus();
    const timer = setTimeout(() => button.current?.focus(), SETTLE_MS);
    return () => clearTimeout(timer);
  }, []);
  const all = remedy.evidence.length;
  const missing = remedy.approvalsNeeded - remedy.approvals.filter((each) => each.decision === 'approved').length;
  return (
    <div className="ap-confirm" role="dialog" aria-label={t('approvals:confirm.label', { title: title(remedy) })} onKeyDown={(event) => event.key === 'Escape' && onCancel()}>
      <h3 ref={head} tabIndex={-1}>
        {t('approvals:confirm.title', { title: title(remedy), order: remedy.orderName })}
      </h3>
      <p>{missing > 1 ? t('approvals:confirm.more', { missing: missing - 1 }) : t('approvals:confirm.held')}</p>
      {all > 0 ? <p className={opened === 0 ? 'ow-amber ow-small' : 'ow-small'}>{opened === 0 ? t('approvals:confirm.notOpened', { count: all }) : t('approvals:confirm.opened', { opened, all })}</p> : null}
      <ConfirmFooter label={approveLabel(remedy)} kbd="Enter" missing={isBusy ? t('approvals:act.sending') : undefined} onDone={onDone} onCancel={onCancel} button={button} />
    </div>
  );
};

/** Before one's own proposal is gone. Focus starts on leaving it: it cannot be taken back. */
export const WithdrawConfirm = ({ remedy, isBusy, onDone, onCancel }: ConfirmProps) => {
  const t = useText();
  const leave = useRef<HTMLButtonElement>(null);
  useEffect(() => leave.current?.focus(), []);
  return (
    <div className="ap-confirm" role="group" aria-label={t('approvals:withdraw.title', { title: title(remedy) })} onKeyDown={(event) => event.key === 'Escape' && onCancel()}>
      <h3>{t('approvals:withdraw.title', { title: title(remedy) })}</h3>
      <p>{t('approvals:withdraw.means')}</p>
      <footer>
        <Button ref={leave} kbd="Esc" onClick={onCancel}>
          {t('approvals:act.notNow')}
        </Button>
        <Button variant="danger" disabled={isBusy} reason={t('approvals:act.sending')} onClick={onDone}>
          {t('approvals:withdraw.now', { number: remedy.number })}
        </Button>
      </footer>
    </div>
  );
};
