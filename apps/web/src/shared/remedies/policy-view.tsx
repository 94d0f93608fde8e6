import './remedies.css';
import { ErrorBar, Verdict } from '@orderwatch/ui';
import { useText } from '../i18n';
import type { PolicyResult } from './policy-query';
import { verdictOf } from './verdict';

interface ChecksListProps {
  checks: readonly { name: string; verdict: string; value: string; source?: string | null }[];
  /** There is room for who said it. */
  withSource?: boolean;
}

/** Each rule in words, with its value and who said it. */
export const ChecksList = ({ checks, withSource = false }: ChecksListProps) => {
  const t = useText();
  return (
    <dl className="rm-checks" data-source={withSource || undefined}>
      {checks.map((check) => (
        <div key={check.name}>
          <dt translate="no">{check.name}</dt>
          <dd>
            <Verdict verdict={verdictOf(check.verdict)} quiet>
              {t(`remedies:verdict.${verdictOf(check.verdict)}`)}
            </Verdict>
          </dd>
          <dd translate="no" title={check.value}>
            {check.value}
          </dd>
          {withSource ? (
            <dd translate="no" className="ow-dim ow-small">
              {check.source}
            </dd>
          ) : null}
        </div>
      ))}
    </dl>
  );
};

interface PolicyViewProps {
  result: PolicyResult | undefined;
  error: Error | null;
  onRetry: () => void;
}

/** What the policy says to what stands in the form, before the click. */
export const PolicyView = ({ result, error, onRetry }: PolicyViewProps) => {
  const t = useText();
  return (
    <section className="rm-policy" aria-label={t('remedies:policy.title')}>
      <h3>
        {t('remedies:policy.title')}
        {result ? <small>{t('remedies:policy.version', { n: result.policyVersion })}</small> : null}
      </h3>
      {error ? <ErrorBar onRetry={onRetry}>{t('remedies:policy.failed', { why: error.message })}</ErrorBar> : null}
      {result ? (
        <>
          <p>
            <Verdict verdict={result.allowed ? 'ask' : 'no'}>{result.allowed ? t('remedies:policy.ask', { count: result.approvalsNeeded }) : t('remedies:policy.no')}</Verdict>
            <span className="ow-dim" translate="no">
              {result.why}
            </span>
          </p>
          <ChecksList checks={result.checks} />
        </>
      ) : error ? null : (
        <p className="ow-dim">{t('remedies:policy.later')}</p>
      )}
    </section>
  );
};
