// Preloaded into every process that a tool starts (node --import): a parent that was killed without a word takes its
// children with it. The process itself needs to know nothing of this.
if (process.channel) {
  process.on('disconnect', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.exit(1), 8_000).unref();
  });
  // Listening must not keep alive a process that is done.
  process.channel.unref();
}
