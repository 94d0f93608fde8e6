import type { GridColumn } from './queue-grid.types';

/**
 * The columns as CSS grid tracks, with the room of the boxes before them. Each row has them as its own: as a property that all rows inherit
 * another set of columns would style every element of the list anew.
 */
export const tracksOf = (columns: readonly Pick<GridColumn<never>, 'width'>[], hasSelection: boolean): string => [hasSelection ? '30px' : '4px', ...columns.map(({ width }) => width)].join(' ');
