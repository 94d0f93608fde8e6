import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const lib = (path: string): string => fileURLToPath(new URL(`../../libs/${path}`, import.meta.url));
const server = process.env['ORDERWATCH_DEV_SERVER'] ?? 'http://localhost:3000';

/** Development talks to a running server; the built files are served by it. */
const proxied = ['/graphql', '/auth', '/webhooks', '/api', '/track', '/health'];

export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: [
      { find: '@orderwatch/ui/charts', replacement: lib('ui/src/charts/index.ts') },
      { find: '@orderwatch/ui/gallery', replacement: lib('ui/src/gallery/index.ts') },
      { find: '@orderwatch/ui', replacement: lib('ui/src/index.ts') },
      { find: '@orderwatch/contract', replacement: lib('contract/src/index.ts') },
    ],
  },
  // The manifest says which files a route needs; the size budgets (.size-limit.mjs) are read from it.
  // What most routes share comes in one file: forty small ones cost the first page more than the bytes it does not need.
  build: {
    outDir: 'dist', target: 'es2022', chunkSizeWarningLimit: 900, manifest: true,
    rolldownOptions: { output: { advancedChunks: { groups: [{ name: 'shared', minShareCount: 3, test: /\.[cm]?[jt]sx?$/ }] } } },
  },
  server: {
    port: 5173,
    proxy: {
      ...Object.fromEntries(proxied.map((path) => [`^${path}(/|$|\\?)`, { target: server }])),
      '/socket.io': { target: server, ws: true },
    },
  },
});
