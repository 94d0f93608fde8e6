import pg from 'pg';

/**
 * Fills tables without their indexes, which are made once afterwards: that takes a fraction of the time. Without their triggers too:
 * rows are copied as the product wrote them, what triggers add included.
 */
export async function withoutIndexes(url: string, tables: readonly string[], fill: () => Promise<void>): Promise<void> {
  const clients = await Promise.all([0, 1].map(() => connect(url)));
  const [client] = clients;
  if (!client) return;
  try {
    const { rows } = await client.query<{ drop: string; create: string }>(`
      select coalesce('alter table ' || i.indrelid::regclass || ' drop constraint ' || quote_ident(c.conname), 'drop index ' || i.indexrelid::regclass) as drop,
             coalesce('alter table ' || i.indrelid::regclass || ' add constraint ' || quote_ident(c.conname) || ' ' || pg_get_constraintdef(c.oid), pg_get_indexdef(i.indexrelid)) as create
        from pg_index i left join pg_constraint c on c.conindid = i.indexrelid where i.indrelid = any($1::regclass[]) order by pg_relation_size(i.indrelid) desc`, [tables]);
    for (const row of rows) await client.query(row.drop);
    for (const table of tables) await client.query(`alter table ${table} disable trigger user`);
    await fill();
    for (const table of tables) await client.query(`alter table ${table} enable trigger user`);
    const waiting = rows.map((row) => row.create);
    // Two at a time, as there are two cores; constraints lock their table, so that they go first and alone.
    for (const text of waiting.filter((create) => create.startsWith('alter'))) await client.query(text);
    const rest = waiting.filter((create) => !create.startsWith('alter'));
    await Promise.all(clients.map(async (one) => {
      for (let text = rest.shift(); text !== undefined; text = rest.shift()) await one.query(text);
    }));
    for (const table of tables) await client.query(`vacuum (analyze) ${table}`);
    await client.query('checkpoint');
  } finally {
    await Promise.all(clients.map((one) => one.end()));
  }
}

export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'orderwatch stock' });
  client.on('error', () => undefined);
  await client.connect();
  await client.query(`set synchronous_commit = off; set maintenance_work_mem = '512MB'; set max_parallel_maintenance_workers = 0`);
  return client;
}
