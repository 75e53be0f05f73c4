import { createServer } from 'vite';
import { localPort, Mistake, runCommand, say } from '../../bin/command.ts';
import { viteSettings } from './vite-settings.ts';

const help = `Serves the console from its sources, reloaded as they change, in front of a running platform.

Usage: npm run dev:web -- [options]

  --port N         where to serve it (default 4100)
  --platform URL   where Daypass runs (default http://localhost:4000)
  --help           this text
`;

/** Only the platform itself serves the console with its content security policy. */
runCommand(
  {
    help,
    options: {
      port: { type: 'string', default: '4100' },
      platform: { type: 'string', default: 'http://localhost:4000' },
    },
  },
  async ({ values }) => {
    const port = localPort(values.port);
    if (!/^https?:$/.test(URL.parse(values.platform)?.protocol ?? ''))
      throw new Mistake(`--platform takes a URL such as http://localhost:4000, not '${values.platform}'.`);
    const server = await createServer({
      ...viteSettings('dist/console'),
      server: {
        host: '127.0.0.1',
        port,
        strictPort: true,
        proxy: {
          '^/(v1|_local|config\\.json|pages/[^/]+\\.json|brand\\.css|logo(-dark)?\\.svg)': {
            target: values.platform,
          },
        },
      },
    });
    try {
      await server.listen();
    } catch (error) {
      await server.close();
      throw error;
    }
    say(`The console, from its sources: http://localhost:${port}, in front of ${values.platform}`);
  },
);
