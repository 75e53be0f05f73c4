import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';

const source = readFileSync(new URL('../../lib/constructs/edge/console-paths.js', import.meta.url), 'utf8');
const handler: (event: { request: { uri: string } }) => { uri: string } = runInNewContext(
  `${source}; handler`,
);

test.each(['/', '/keys', '/keys/', '/settings/x', '/v1.0/keys', '/nowhere'])(
  '%s is the console’s page',
  (uri) => {
    expect(handler({ request: { uri } }).uri).toBe('/index.html');
  },
);

test.each(['/index.html', '/config.json', '/assets/index-Dx4k.js', '/favicon.svg', '/theme.js', '/no.such'])(
  '%s is the file itself',
  (uri) => {
    expect(handler({ request: { uri } }).uri).toBe(uri);
  },
);
