import './queue-grid.css';
import { useWords } from '../words';

interface HoldSwitchProps {
  isHeld: boolean;
  onChange: (isHeld: boolean) => void;
}

/** Stops a list that moves by itself (WCAG 2.2.2), and lets it go again. */
export const HoldSwitch = ({ isHeld, onChange }: HoldSwitchProps) => {
  const words = useWords();
  return (
    <button type="button" className="ow-filter ow-hold" aria-pressed={isHeld} title={isHeld ? words.heldWhy : words.liveWhy} onClick={() => onChange(!isHeld)}>
      <span aria-hidden="true" className="ow-hold-sign" />
      {words.hold}
    </button>
  );
};
