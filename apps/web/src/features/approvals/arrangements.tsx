import { Button } from '@orderwatch/ui';
import { useState } from 'react';
import { useText } from '../../shared/i18n';
import { LateBudgets, LateStead } from './late-dialogs';
import type { Cohort, Delegation } from './stand-ins/stand-in-api';

interface ArrangementsProps {
  meId: string;
  cohorts: readonly Cohort[];
  currencies: readonly string[];
  delegations: readonly Delegation[];
}

/** A manager's own arrangements, in the top bar: budgets for causes, and who stands in for them. */
export const Arrangements = ({ meId, cohorts, currencies, delegations }: ArrangementsProps) => {
  const t = useText();
  const [open, setOpen] = useState<'budgets' | 'stead' | null>(null);
  const close = (): void => setOpen(null);
  return (
    <>
      <Button onClick={() => setOpen('budgets')}>{t('approvals:cohort.button')}</Button>
      <Button onClick={() => setOpen('stead')}>{t('approvals:stead.button')}</Button>
      {open === 'budgets' ? <LateBudgets cohorts={cohorts} currencies={currencies} onClose={close} /> : null}
      {open === 'stead' ? <LateStead delegations={delegations} meId={meId} onClose={close} /> : null}
    </>
  );
};
