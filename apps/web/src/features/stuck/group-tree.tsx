import { formatCount } from '@orderwatch/ui';
import { carrierName } from '../../shared/carriers';
import type { CarrierGroup } from './groups';
import type { StuckSearch } from './use-stuck';

interface GroupTreeProps {
  groups: readonly CarrierGroup[];
  search: StuckSearch;
  isKnown: boolean;
  onPick: (place: Pick<StuckSearch, 'carrier' | 'facility'>) => void;
}

interface LineProps {
  label: string;
  /** Undefined while nothing is known. */
  count: number | undefined;
  feedLate: number;
  isCurrent: boolean;
  level: 0 | 1;
  onClick: () => void;
}

const Line = ({ label, count, feedLate, isCurrent, level, onClick }: LineProps) => (
  <button type="button" className="st-line" data-level={level} aria-current={isCurrent || undefined} onClick={onClick}>
    <span className="ow-clip">{label}</span>
    {feedLate > 0 ? (
      <small title="Feed late: not known whether they move">
        {formatCount(feedLate)} unknown
      </small>
    ) : null}
    <b>{count === undefined ? '–' : formatCount(count)}</b>
  </button>
);

/** Where parcels stopped: carrier, then the place of the last scan. */
export const GroupTree = ({ groups, search, isKnown, onPick }: GroupTreeProps) => (
  <nav className="st-tree" aria-label="Carriers and places">
    <Line
      label="All carriers"
      count={isKnown ? groups.reduce((n, group) => n + group.count, 0) : undefined}
      feedLate={groups.reduce((n, group) => n + group.feedLate, 0)}
      isCurrent={search.carrier === undefined}
      level={0}
      onClick={() => onPick({})}
    />
    {groups.map((group) => (
      <div key={group.carrier} role="group" aria-label={carrierName(group.carrier)}>
        <Line label={carrierName(group.carrier)} count={group.count} feedLate={group.feedLate} isCurrent={search.carrier === group.carrier && search.facility === undefined} level={0} onClick={() => onPick({ carrier: group.carrier })} />
        {group.facilities
          .filter((each) => each.facility !== null)
          .map((each) => (
            <Line
              key={each.facility}
              label={each.facility ?? ''}
              count={each.count}
              feedLate={each.feedLate}
              isCurrent={search.carrier === group.carrier && search.facility === each.facility}
              level={1}
              onClick={() => onPick({ carrier: group.carrier, ...(each.facility === null ? {} : { facility: each.facility }) })}
            />
          ))}
      </div>
    ))}
  </nav>
);
