import './frame.css';
import type { ReactNode } from 'react';
import { Icon, type IconName } from '../primitives/icons';
import { capRail } from './cap-rail';

export interface RailItem {
  id: string;
  label: string;
  icon: IconName;
  href: string;
  count?: number | undefined;
  countTone?: 'amber' | undefined;
  isCurrent?: boolean | undefined;
  /** A hairline above this item. */
  startsGroup?: boolean | undefined;
}

interface AppFrameProps {
  brand: string;
  railLabel: string;
  items: readonly RailItem[];
  /** Draws one link; lets the caller use its router's. */
  renderLink: (item: RailItem, content: ReactNode) => ReactNode;
  me?: ReactNode;
  /** A page title, or a crumb back to where one came from. */
  title: ReactNode;
  search?: ReactNode;
  freshness?: ReactNode;
  buttons?: ReactNode;
  children: ReactNode;
}

export const BrandMark = () => (
  <svg viewBox="0 0 20 20" aria-hidden="true">
    <circle cx="10" cy="10" r="8.2" fill="none" stroke="var(--accent)" strokeWidth="1.8" />
    <path d="M10 5.4V10l3.2 2.4" fill="none" stroke="var(--accent)" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" />
  </svg>
);

export const AppFrame = ({ brand, railLabel, items, renderLink, me, title, search, freshness, buttons, children }: AppFrameProps) => (
  <div className="ow-app">
    <nav className="ow-rail" aria-label={railLabel}>
      <div className="ow-brand">
        <BrandMark />
        <span>{brand}</span>
      </div>
      {items.map((item) => (
        <RailEntry key={item.id} item={item} renderLink={renderLink} />
      ))}
      <div className="ow-me">{me}</div>
    </nav>
    <header className="ow-top">
      {title}
      {search}
      <span className="ow-spacer" />
      {freshness}
      {buttons}
    </header>
    <main className="ow-main" id="main" tabIndex={-1}>
      {children}
    </main>
  </div>
);

const RailEntry = ({ item, renderLink }: { item: RailItem; renderLink: AppFrameProps['renderLink'] }) => (
  <>
    {item.startsGroup ? <hr /> : null}
    {renderLink(
      item,
      <>
        <Icon name={item.icon} />
        <span>{item.label}</span>
        {item.count === undefined ? null : <b data-tone={item.countTone}>{capRail(item.count)}</b>}
      </>,
    )}
  </>
);
