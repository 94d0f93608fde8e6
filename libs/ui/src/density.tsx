import { createContext, useContext, useSyncExternalStore, type ReactNode } from 'react';

/** How close lines stand. */
export type Density = 'compact' | 'default' | 'roomy';

/** Pixels of one row; tokens.css says the same to the style sheets. */
export const rowHeights: Readonly<Record<Density, number>> = { compact: 28, default: 36, roomy: 44 };

const DensityContext = createContext<Density | undefined>(undefined);

const isDensity = (value: string | undefined): value is Density => value === 'compact' || value === 'default' || value === 'roomy';

const ofDocument = (): Density => {
  const chosen = document.documentElement.dataset['density'];
  return isDensity(chosen) ? chosen : 'default';
};

const watch = (listener: () => void): (() => void) => {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ['data-density'] });
  return () => observer.disconnect();
};

/** The density of this place: that of the nearest `DensityScope`, else what `data-density` on the document says. */
export const useDensity = (): Density => {
  const ofPage = useSyncExternalStore(watch, ofDocument);
  return useContext(DensityContext) ?? ofPage;
};

interface DensityScopeProps {
  density: Density;
  children: ReactNode;
}

export const DensityScope = ({ density, children }: DensityScopeProps) => (
  <DensityContext.Provider value={density}>
    <div data-density={density} style={{ display: 'contents' }}>
      {children}
    </div>
  </DensityContext.Provider>
);
