import { Select, TextInput } from '@mantine/core';
import { AbsoluteTime, Button, Chip, ErrorBar } from '@orderwatch/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { colleaguesQuery } from '../../../shared/cases/colleagues';
import { Dialog } from '../../../shared/dialog';
import { useText } from '../../../shared/i18n';
import { SignInAgain } from '../decide/sign-in-again';
import { useManagerAct, type Delegation } from './stand-in-api';

const noMotion = { transitionProps: { duration: 0 } };
const WIDTH = 560;
const DAY = 86_400_000;
const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

interface SteadDialogProps {
  delegations: readonly Delegation[];
  meId: string;
  onClose: () => void;
}

/** Who decides in one's stead, from when to when, and why. It stands beside every decision they make. */
export const SteadDialog = ({ delegations, meId, onClose }: SteadDialogProps) => {
  const t = useText();
  const { data: people = [] } = useQuery(colleaguesQuery);
  const [now] = useState(() => Date.now());
  const [personId, setPersonId] = useState<string | null>(null);
  const [from, setFrom] = useState(() => day(now));
  const [until, setUntil] = useState(() => day(now + 7 * DAY));
  const [reason, setReason] = useState('');
  const act = useManagerAct(() => setReason(''));
  const others = people.filter(({ id }) => id !== meId);
  const name = others.find(({ id }) => id === personId)?.name ?? '';
  const [begins, ends] = [from === day(now) ? now : Date.parse(`${from}T00:00:00Z`), Date.parse(`${until}T23:59:59Z`)];
  const missing = act.isBusy
    ? t('approvals:act.sending')
    : personId === null
      ? t('approvals:stead.whoFirst')
      : Number.isNaN(begins) || Number.isNaN(ends)
        ? t('approvals:stead.datesFirst')
        : reason.trim() === ''
          ? t('approvals:stead.whyFirst')
          : undefined;
  return (
    <Dialog title={t('approvals:stead.title')} size={WIDTH} onClose={onClose}>
      {delegations.length === 0 ? <p className="ow-dim">{t('approvals:stead.none')}</p> : null}
      <ul className="ap-arranged">
        {delegations.map((each) => (
          <li key={each.id}>
            <div>
              <b translate="no">{t('approvals:stead.pair', { delegate: each.delegate.name, delegator: each.delegator.name })}</b> <Chip tone={each.state === 'active' ? 'green' : 'line'}>{t(`approvals:stead.state.${each.state === 'active' || each.state === 'planned' ? each.state : 'over'}`)}</Chip>
              <small>
                <AbsoluteTime at={each.from} /> – <AbsoluteTime at={each.until} /> · <span translate="no">{each.reason}</span>
              </small>
            </div>
            {each.mayEnd ? (
              <p>
                <Button compact disabled={act.isBusy} reason={t('approvals:act.sending')} onClick={() => act.run({ kind: 'delegation.end', delegation: each })}>
                  {t('approvals:stead.end')}
                </Button>
              </p>
            ) : null}
          </li>
        ))}
      </ul>
      <div className="ap-arrange">
        {act.refusal ? <ErrorBar>{act.refusal}</ErrorBar> : null}
        <Select label={t('approvals:stead.who')} placeholder={t('remedies:form.choose')} data={others.map(({ id, name: label }) => ({ value: id, label }))} value={personId} onChange={setPersonId} allowDeselect={false} comboboxProps={noMotion} />
        <div className="ap-pair">
          <TextInput type="date" label={t('approvals:stead.from')} value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
          <TextInput type="date" label={t('approvals:stead.until')} value={until} onChange={(event) => setUntil(event.currentTarget.value)} />
        </div>
        <TextInput label={t('approvals:stead.why')} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        <footer>
          {missing ? <small className="ow-dim">{missing}</small> : null}
          <span className="ow-spacer" />
          <Button onClick={onClose}>{t('approvals:act.notNow')}</Button>
          <Button
            variant="primary"
            disabled={missing !== undefined}
            reason={missing}
            onClick={() => personId !== null && act.run({ kind: 'delegate', name, input: { personId, reason: reason.trim(), from: new Date(begins).toISOString(), until: new Date(ends).toISOString() } })}
          >
            {name === '' ? t('approvals:stead.nowBare') : t('approvals:stead.now', { name })}
          </Button>
        </footer>
      </div>
      {act.needsSignIn === null ? null : <SignInAgain why={act.needsSignIn} onDone={act.closeSignIn} onClose={act.closeSignIn} />}
    </Dialog>
  );
};
