import { parseArgs } from 'node:util';
import { createServer } from 'vite';
import { viteSettings } from './vite-settings.ts';

/**
 * Serves the console from its sources, reloaded as they change, in front of a running platform. Only the platform
 * itself serves the console with its content security policy.
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4100' },
    platform: { type: 'string', default: 'http://localhost:4000' },
  },
});

const server = await createServer({
  ...viteSettings('dist/console'),
  server: {
    host: '127.0.0.1',
    port: Number(values.port),
    strictPort: true,
    proxy: {
      '^/(v1|_local|config\\.json|pages/[^/]+\\.json|brand\\.css|logo(-dark)?\\.svg)': {
        target: values.platform,
      },
    },
  },
});
await server.listen();
server.printUrls();
