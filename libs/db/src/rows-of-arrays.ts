/**
 * Rows made of parallel arrays of one length, the parameters from `$<after + 1>` on; columns are given as `name type`. In the list of
 * a select they advance together, at a quarter of the cost of `from unnest($1, $2, …)`, which first puts each array into a store of
 * its own. `nth` names a column that counts the rows.
 */
export function rowsOfArrays(columns: readonly string[], { after = 0, nth = '' } = {}): string {
  const lists = columns.map((column, i) => {
    const [name = '', type = ''] = column.split(' ');
    return `unnest($${after + i + 1}::${type}[]) as ${name}`;
  });
  const count = nth ? [`generate_subscripts($${after + 1}::${columns[0]?.split(' ')[1] ?? ''}[], 1) as ${nth}`] : [];
  return `(select ${[...lists, ...count].join(', ')})`;
}
