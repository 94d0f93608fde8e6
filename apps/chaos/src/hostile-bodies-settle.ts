// Loaded into the server before it starts (with --expose-gc): on a signal it lets go of all memory that nobody uses any more, so
// that what is left is what the server holds on to. `last-resort` also returns what the collector keeps for the next peak.
const collect = (globalThis as { gc?: (options: { readonly type: 'major'; readonly execution: 'sync'; readonly flavor: 'last-resort' }) => void }).gc;
process.on('SIGUSR2', () => collect?.({ type: 'major', execution: 'sync', flavor: 'last-resort' }));
