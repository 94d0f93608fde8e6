import { type LoadOptions, sendLoad } from './load.js';

process.on('message', (options: LoadOptions) => {
  sendLoad(options).then((result) => process.send?.({ result }), (error: unknown) => process.send?.({ error: String(error) }));
});
process.on('disconnect', () => process.exit(0));
