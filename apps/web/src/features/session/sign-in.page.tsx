import './session.css';
import { BrandMark } from '@orderwatch/ui';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { SignInForm } from './sign-in-form';

/** Only paths of our own: an address from elsewhere must not be a way out of here. */
const ownPath = (next: unknown): string => (typeof next === 'string' && /^\/(?!\/|\\)/.test(next) ? next : '/queue');

export const SignInPage = () => {
  const navigate = useNavigate();
  const search: { next?: unknown } = useSearch({ strict: false });
  useEffect(() => {
    document.title = 'Sign in · Orderwatch';
  }, []);
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <h1>
          <BrandMark /> Orderwatch
        </h1>
        <p>Every order, and what needs a person now.</p>
        <SignInForm onDone={() => void navigate({ href: ownPath(search.next), replace: true })} />
      </div>
    </main>
  );
};
