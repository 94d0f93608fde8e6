import { Modal } from '@mantine/core';
import { Kbd } from '@orderwatch/ui';

interface KeysDialogProps {
  isOpen: boolean;
  onClose: () => void;
  path: string;
  entries: readonly { key: string; label: string }[];
}

type Line = readonly [keys: readonly string[], what: string];

const list: readonly Line[] = [
  [['J', 'K'], 'down, up'],
  [['Home', 'End'], 'first, last'],
  [['Enter'], 'open'],
  [['.'], 'apply what waits'],
];
const queue: readonly Line[] = [
  [['C'], 'claim'],
  [['⇧', 'C'], 'release'],
  [['N'], 'next case'],
  [['H'], 'snooze'],
  [['E'], 'resolve'],
  [['M'], 'note'],
  [['F'], 'filter'],
];
const order: readonly Line[] = [
  [['J', 'K'], 'down, up the timeline'],
  [['I'], 'raw event'],
  [['1', '–', '5'], 'a track'],
  [['C'], 'claim'],
  [['H'], 'snooze'],
  [['E'], 'resolve'],
  [['M'], 'note'],
];

/** What a page adds to the keys of every list. */
const added: Readonly<Record<string, readonly Line[]>> = {
  '/queue': queue,
  '/approvals': [
    [['A'], 'approve'],
    [['D'], 'decline'],
  ],
  '/stuck': [[['T'], 'show what is only unknown']],
};

const Lines = ({ title, lines }: { title: string; lines: readonly Line[] }) => (
  <section>
    <h3>{title}</h3>
    <dl>
      {lines.map(([keys, what]) => (
        <div key={what}>
          <dt>
            {keys.map((key) => (
              <Kbd key={key}>{key}</Kbd>
            ))}
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  </section>
);

/** The keys of this screen, and those that work everywhere. */
export const KeysDialog = ({ isOpen, onClose, path, entries }: KeysDialogProps) => (
  <Modal opened={isOpen} onClose={onClose} title="Keys" centered size={560}>
    <div className="keys">
      {path.startsWith('/orders/') ? <Lines title="This order" lines={order} /> : <Lines title="In a list" lines={[...list, ...(added[path] ?? [])]} />}
      <Lines
        title="Everywhere"
        lines={[[['/'], 'search'], ...entries.map((entry): Line => [['G', entry.key.toUpperCase()], entry.label]), [['?'], 'these keys']]}
      />
    </div>
  </Modal>
);
