import './primitives.css';
import { Fragment, type ReactNode } from 'react';

export interface KeyValue {
  key: string;
  label: ReactNode;
  value: ReactNode;
  /** Who said it and how old it is. Given for any item, the list is drawn in rows of three. */
  source?: ReactNode;
}

interface KeyValueListProps {
  items: readonly KeyValue[];
  withSource?: boolean;
}

export const KeyValueList = ({ items, withSource = false }: KeyValueListProps) =>
  withSource ? (
    <dl className="ow-fact-rows">
      {items.map((item) => (
        <div key={item.key}>
          <dt>{item.label}</dt>
          <dd>{item.value}</dd>
          <dd className="ow-src">{item.source}</dd>
        </div>
      ))}
    </dl>
  ) : (
    <dl className="ow-facts">
      {items.map((item) => (
        <Fragment key={item.key}>
          <dt>{item.label}</dt>
          <dd>{item.value}</dd>
        </Fragment>
      ))}
    </dl>
  );
