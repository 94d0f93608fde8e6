const CONTROLS = 'a[href], button, input, select, textarea, [tabindex]';

export const isControl = (target: EventTarget): target is HTMLElement => target instanceof HTMLElement && target.matches(CONTROLS) && target.getAttribute('role') !== 'row' && target.getAttribute('role') !== 'gridcell';

/** Takes the controls of a row out of the Tab order. */
export const tameControls = (row: HTMLElement): void => {
  for (const control of row.querySelectorAll<HTMLElement>(CONTROLS)) if (control.tabIndex !== -1) control.tabIndex = -1;
};

/** Where the keyboard can stand inside a row, in reading order: the controls of a cell, or the cell when it has none. */
export const stopsOf = (row: HTMLElement): HTMLElement[] =>
  [...row.querySelectorAll<HTMLElement>('[role="gridcell"]')].flatMap((cell) => {
    const controls = [...cell.querySelectorAll<HTMLElement>(CONTROLS)].filter((control) => !control.matches(':disabled'));
    return controls.length > 0 ? controls : [cell];
  });

/** The stop that has the keyboard; null when the row itself has it. */
export const stopAt = (row: HTMLElement, stops: readonly HTMLElement[]): number | null => {
  const active = document.activeElement;
  if (active === null || active === row || !row.contains(active)) return null;
  const at = stops.findIndex((stop) => stop === active || stop.contains(active));
  return at < 0 ? null : at;
};

/** A cell takes the keyboard only while it stands there, so that a click still lands on the row. */
export const focusStop = (stop: HTMLElement): void => {
  if (stop.getAttribute('role') === 'gridcell') {
    stop.tabIndex = -1;
    stop.addEventListener('blur', () => stop.removeAttribute('tabindex'), { once: true });
  }
  stop.focus({ preventScroll: true });
};

/** The column of a stop, 1 for the first. */
export const columnOf = (stop: Element): string | null => stop.closest('[role="gridcell"]')?.getAttribute('aria-colindex') ?? null;

/** Gives the keyboard back to the list that belongs to an element, at the row in hand. */
export const focusGrid = (near: Element): void => {
  const place = near.closest('.ow-pane') ?? document;
  const target = place.querySelector<HTMLElement>('.ow-grid [data-row-id][tabindex="0"]') ?? place.querySelector<HTMLElement>('.ow-grid');
  target?.focus({ preventScroll: true });
};
