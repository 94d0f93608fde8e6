import { DataTable, RelativeTime, type DataColumn, formatCount } from '@orderwatch/ui';
import { minuteText } from '../../shared/format';
import type { DeadLetterGroup } from './api';
import { causeWords, keyOf } from './words';

const columns: readonly DataColumn<DeadLetterGroup>[] = [
  { id: 'cause', header: 'Cause', isRowHeader: true, render: (row) => <span title={row.cause}>{causeWords(row.cause)}</span> },
  { id: 'source', header: 'Source', width: 110, render: (row) => <span className="ow-dim">{row.source}</span> },
  { id: 'letters', header: 'Letters', width: 66, align: 'right', render: (row) => <b>{formatCount(row.letters)}</b> },
  { id: 'first', header: 'First', width: 108, align: 'right', render: (row) => <span className="ow-dim">{minuteText(row.firstAt)}</span> },
  { id: 'last', header: 'Last', width: 108, align: 'right', render: (row) => <span className="ow-dim">{minuteText(row.lastAt)}</span> },
  { id: 'tries', header: 'Tries', width: 60, align: 'right', render: (row) => <span className="ow-dim">{row.attempts}</span> },
];

interface DeadLettersProps {
  groups: readonly DeadLetterGroup[];
  selectedKey: string | null;
  onSelect: (group: DeadLetterGroup) => void;
}

export const DeadLetters = ({ groups, selectedKey, onSelect }: DeadLettersProps) => {
  const all = groups.reduce((n, group) => n + group.letters, 0);
  const oldest = groups.map((group) => group.firstAt).sort()[0];
  return (
    <section className="hl-part" aria-label="Dead letters by cause">
      <header>
        <h2>Dead letters by cause</h2>
        {all > 0 ? (
          <span className="ow-dim">
            {formatCount(all)} in {groups.length === 1 ? '1 group' : `${groups.length} groups`}
            {oldest ? (
              <>
                , oldest <RelativeTime at={oldest} form="age" />
              </>
            ) : null}
          </span>
        ) : null}
      </header>
      {groups.length === 0 ? <p className="hl-none">Every delivery was understood. What cannot be read is kept here and can be replayed after a fix.</p> : <DataTable label="Dead letters by cause" columns={columns} rows={groups} rowKey={keyOf} selectedKey={selectedKey} onSelect={onSelect} />}
    </section>
  );
};
