/** Gives the work a throw-away PostgreSQL in TEST_DATABASE_URL, with these settings; it is gone afterwards, also after a signal. */
export async function withTestDatabase(onSignal, work, settings = {}) {
  if (process.env.TEST_DATABASE_URL) return work({});
  const { startThrowaway } = await import('@orderwatch/db/embedded');
  const database = await startThrowaway({ settings });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      onSignal();
      void database.stop().finally(() => process.exit(1));
    });
  }
  try {
    return await work({ TEST_DATABASE_URL: database.url });
  } finally {
    await database.stop();
  }
}
