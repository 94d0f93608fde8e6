import { formatDuration } from '@orderwatch/ui';
import { replaceEqualDeep, type InfiniteData } from '@tanstack/react-query';
import type { QueueQuery } from '../../../gql';
import type { CaseRow } from '../../../shared/cases/types';

type Pages = InfiniteData<QueueQuery['queue'], string | null>;

const ageText = ({ dataAgeSeconds }: CaseRow): string | undefined => (typeof dataAgeSeconds === 'number' ? formatDuration(dataAgeSeconds * 1000) : undefined);

/** What was known of a row, when it is the same but for its age; that grows by itself, and while it would be told in the same words it is the same age. */
const sameRow = (was: CaseRow | undefined, row: CaseRow): CaseRow => {
  if (was === undefined || was === row) return row;
  const isSameAge = was.dataAgeSeconds === row.dataAgeSeconds || ageText(was) === ageText(row);
  return replaceEqualDeep(was, isSameAge ? { ...row, dataAgeSeconds: was.dataAgeSeconds } : row);
};

const isSameList = <T>(a: readonly T[], b: readonly T[]): boolean => a.length === b.length && a.every((each, i) => each === b[i]);

type Page = Pages['pages'][number];

const samePage = (old: Page | undefined, page: Page, knownRow: (id: string) => CaseRow | undefined): Page => {
  if (old === page || !old) return page;
  const rows = old.rows === page.rows ? old.rows : page.rows.map((row, i) => sameRow(old.rows[i]?.id === row.id ? old.rows[i] : knownRow(row.id), row));
  const kept = isSameList(old.rows, rows) ? old.rows : rows;
  // All but the rows, which are found by their ids and not by their places.
  const bare = { ...old, rows: [] };
  const isSame = kept === old.rows && replaceEqualDeep(bare, { ...page, rows: [] }) === bare;
  return isSame ? old : { ...page, rows: kept };
};

/**
 * What of a newly read list is as it was keeps its identity, so that its rows are not drawn again. Three times a second the same hundred rows
 * are read, all of them some tenths of a second older, and when one has come or gone those below it stand elsewhere.
 */
export const sameRows = (before: unknown, next: unknown): unknown => {
  const [had, has] = [before as Pages | undefined, next as Pages];
  if (!had) return has;
  let known: Map<string, CaseRow> | undefined;
  const knownRow = (id: string): CaseRow | undefined => (known ??= new Map(had.pages.flatMap((page) => page.rows.map((row) => [row.id, row])))).get(id);
  const pages = has.pages.map((page, i) => samePage(had.pages[i], page, knownRow));
  const isSame = isSameList(had.pages, pages) && isSameList(had.pageParams, has.pageParams);
  return isSame ? had : { ...has, pages };
};
