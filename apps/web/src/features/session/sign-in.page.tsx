import './session.css';
import { BrandMark } from '@orderwatch/ui';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useText } from '../../shared/i18n';
import { setTitle } from '../../shared/title';
import { SignInForm } from './sign-in-form';

/** Only paths of our own: an address from elsewhere must not be a way out of here. */
const ownPath = (next: unknown): string => (typeof next === 'string' && /^\/(?!\/|\\)/.test(next) ? next : '/queue');

export const SignInPage = () => {
  const navigate = useNavigate();
  const search: { next?: unknown } = useSearch({ strict: false });
  const t = useText();
  useEffect(() => setTitle(t('session:title')), [t]);
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <h1>
          <BrandMark /> <span translate="no">Orderwatch</span>
        </h1>
        <p>{t('session:lead')}</p>
        <SignInForm onDone={() => void navigate({ href: ownPath(search.next), replace: true })} />
      </div>
    </main>
  );
};
