import { Button, Section } from '@orderwatch/ui';
import { Link } from '@tanstack/react-router';
import { t as tNow, useText } from '../i18n';
import { useMe } from '../me';
import { saveFile } from '../save-file';

export const bundleUrl = (remedyId: string): string => `/api/v1/export/evidence.json?${new URLSearchParams({ remedy: remedyId }).toString()}`;

const saveBundle = (remedyId: string, number: string): void =>
  void saveFile({
    url: bundleUrl(remedyId), making: tNow('remedies:bundle.making', { number }), made: () => tNow('remedies:bundle.made', { number }), total: 1, name: `orderwatch-evidence-${number}.json`, type: 'application/json',
  });

interface LinksProps {
  remedyId: string;
  /** "AP-2001" */
  number: string;
}

/** One remedy as evidence, in one click: a file, or on paper. Whose role does not hand it out sees nothing of it. */
export const EvidenceLinks = ({ remedyId, number }: LinksProps) => {
  const t = useText();
  const { role } = useMe();
  if (role === 'agent') return null;
  return (
    <Section title={t('remedies:bundle.title')}>
      <p className="ow-dim ow-small">{t('remedies:bundle.why')}</p>
      <p style={{ display: 'flex', gap: 8, marginTop: 8 }}>
        <Button onClick={() => saveBundle(remedyId, number)}>{t('remedies:bundle.save')}</Button>
        <Link to="/evidence/$remedyId" params={{ remedyId }} className="ow-btn">
          {t('remedies:bundle.print')}
        </Link>
      </p>
    </Section>
  );
};
