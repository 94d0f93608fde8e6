import { AbsoluteTime, Icon, Section } from '@orderwatch/ui';
import { useEffect, useRef } from 'react';
import { useText } from '../../../shared/i18n';
import type { Remedy } from '../decide/decisions';
import { EvidenceTrace } from './evidence-trace';
import { pieceKey, type EvidenceInHand } from './use-evidence';

interface PieceProps {
  piece: Remedy['evidence'][number];
  orderId: string;
  isOpen: boolean;
  wasOpened: boolean;
  onToggle: () => void;
}

const Piece = ({ piece, orderId, isOpen, wasOpened, onToggle }: PieceProps) => {
  const t = useText();
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isOpen) item.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);
  return (
    <li ref={item}>
      <button type="button" className="ap-piece" aria-expanded={isOpen} onClick={onToggle}>
        <Icon name="right" />
        <span>
          <span translate="no">{piece.text}</span>
          <small>
            <span translate="no">{piece.source}</span>
            {piece.at ? (
              <>
                {' · '}
                <AbsoluteTime at={piece.at} />
              </>
            ) : null}
            {wasOpened && !isOpen ? ` · ${t('approvals:evidence.wasOpened')}` : null}
          </small>
        </span>
      </button>
      {isOpen ? <EvidenceTrace orderId={orderId} factId={piece.factId} /> : null}
    </li>
  );
};

interface EvidenceSectionProps {
  remedy: Remedy;
  inHand: EvidenceInHand;
}

/** What the proposal rests on; each piece opens to what its source really said. How many were opened is counted, and said before deciding. */
export const EvidenceSection = ({ remedy, inHand }: EvidenceSectionProps) => {
  const t = useText();
  const { evidence, orderId } = remedy;
  const all = evidence.length;
  return (
    <Section title={t('approvals:panel.evidence')} aside={all === 0 ? undefined : <span data-testid="evidence-opened">{t('approvals:evidence.opened', { opened: inHand.count, all })}</span>}>
      {all === 0 ? (
        <p className="ow-dim">{t('approvals:panel.noEvidence')}</p>
      ) : (
        <ul className="ap-evidence">
          {evidence.map((piece) => {
            const key = pieceKey(piece);
            return <Piece key={key} piece={piece} orderId={orderId} isOpen={inHand.openKey === key} wasOpened={inHand.opened.has(key)} onToggle={() => inHand.toggle(key)} />;
          })}
        </ul>
      )}
    </Section>
  );
};
