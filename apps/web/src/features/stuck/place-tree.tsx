import { formatCount, Icon } from '@orderwatch/ui';
import { useRef, useState, type KeyboardEvent } from 'react';
import { carrierName } from '../../shared/carriers';
import { useText } from '../../shared/i18n';
import { useInHand } from '../../shared/use-in-hand';
import { HeatStrip } from './heat-strip';
import { keptOrder, linesOf, type PlaceLine, type PlaceNode } from './places';
import { placeKey, type Place } from './search';

interface PlaceTreeProps {
  places: readonly PlaceNode[];
  /** What is listed now. */
  current: Place;
  isKnown: boolean;
  onPick: (place: Place) => void;
}

const everywhere = placeKey({});
const nothing: readonly PlaceNode[] = [];

/** The lines stand still while a pointer or the keyboard is among them; the worst is on top otherwise. */
const useKeptPlaces = (places: readonly PlaceNode[], isInHand: boolean): readonly PlaceNode[] => {
  const [shown, setShown] = useState({ places: nothing, of: nothing });
  if (shown.of === places) return shown.places;
  const next = isInHand ? keptOrder(places, shown.places) : places;
  setShown({ places: next, of: places });
  return next;
};

/** Where parcels stopped: carrier, the place of the last scan, the leg it began. A line lists what is in it. */
export const PlaceTree = ({ places, current, isKnown, onPick }: PlaceTreeProps) => {
  const t = useText();
  const tree = useRef<HTMLDivElement>(null);
  const hand = useInHand();
  const shown = useKeptPlaces(places, hand.isInHand);
  const currentKey = placeKey(current);
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const [stop, setStop] = useState<string | null>(null);
  // Carriers are open and places are not, until one turns them; what is listed is always in sight.
  const open = new Set(shown.flatMap((carrier) => [carrier, ...carrier.children]).flatMap(({ key, level, place }) => {
    const isUsual = level === 1 || (place.carrier === current.carrier && place.facility === current.facility);
    return isUsual === turned.has(key) ? [] : [key];
  }));
  const all: PlaceNode = {
    key: everywhere, place: {}, label: null, level: 1, children: [], heat: [],
    count: shown.reduce((n, each) => n + each.count, 0), feedLate: shown.reduce((n, each) => n + each.feedLate, 0),
  };
  const lines: PlaceLine[] = [{ node: all, isOpen: false, parent: null, at: 1, of: shown.length + 1 }, ...linesOf(shown, open).map((line) => (line.parent === null ? { ...line, at: line.at + 1, of: line.of + 1 } : line))];
  const tabStop = [stop, currentKey, everywhere].find((key) => lines.some(({ node }) => node.key === key)) ?? everywhere;
  const labelOf = ({ level, label, key }: PlaceNode): string => (key === everywhere ? t('stuck:tree.all') : level === 1 ? carrierName(label ?? '') : (label ?? t('stuck:tree.noPlace')));
  const turn = (key: string): void => {
    const next = new Set(turned);
    if (!next.delete(key)) next.add(key);
    setTurned(next);
  };
  const goTo = (key: string | undefined): void => {
    if (key !== undefined) tree.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = lines.findIndex(({ node }) => node.key === tabStop);
    const line = lines[at];
    if (!line || event.ctrlKey || event.metaKey || event.altKey) return;
    const acts: Record<string, () => void> = {
      ArrowDown: () => goTo(lines[at + 1]?.node.key),
      ArrowUp: () => goTo(lines[at - 1]?.node.key),
      Home: () => goTo(lines[0]?.node.key),
      End: () => goTo(lines.at(-1)?.node.key),
      ArrowRight: () => (line.node.children.length === 0 ? undefined : line.isOpen ? goTo(line.node.children[0]?.key) : turn(line.node.key)),
      ArrowLeft: () => (line.isOpen ? turn(line.node.key) : goTo(line.parent ?? undefined)),
      Enter: () => onPick(line.node.place),
      ' ': () => onPick(line.node.place),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return (
    <nav className="st-side" aria-label={t('stuck:tree.label')} {...hand.handlers}>
      <div className="st-tree" role="tree" aria-label={t('stuck:tree.label')} ref={tree} onKeyDown={onKeyDown}>
        {lines.map(({ node, isOpen, at, of }) => (
          <div
            key={node.key}
            role="treeitem"
            className="st-line"
            data-key={node.key}
            data-level={node.key === everywhere ? 0 : node.level}
            aria-level={node.level}
            aria-posinset={at}
            aria-setsize={of}
            aria-expanded={node.children.length > 0 ? isOpen : undefined}
            aria-selected={node.key === currentKey}
            tabIndex={node.key === tabStop ? 0 : -1}
            onFocus={() => setStop(node.key)}
            onClick={() => onPick(node.place)}
          >
            {node.children.length > 0 ? (
              <span
                className="st-fold"
                data-open={isOpen || undefined}
                aria-hidden="true"
                title={t('stuck:tree.unfold')}
                onClick={(event) => {
                  event.stopPropagation();
                  turn(node.key);
                }}
              >
                <Icon name="right" />
              </span>
            ) : (
              <span className="st-fold" aria-hidden="true" />
            )}
            <span className="ow-clip" translate="no">
              {labelOf(node)}
            </span>
            {node.feedLate > 0 ? <small>{t('stuck:tree.unknown', { n: formatCount(node.feedLate) })}</small> : node.level < 3 && node.key !== everywhere ? <HeatStrip heat={node.heat} /> : null}
            <b>
              {isKnown ? formatCount(node.count) : '–'}
              <span className="ow-sr"> {t('stuck:tree.stuck')}</span>
            </b>
          </div>
        ))}
      </div>
    </nav>
  );
};
