import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

/** Where DynamoDB comes from: a server that already runs, or a program we run. */
export type EngineSource = { kind: 'endpoint'; url: URL } | { kind: 'binary'; path: string };

/** @param resolvePackage finds an installed package's file; a test can take the packaged engine away with it */
export function findEngine(
  environment: NodeJS.ProcessEnv,
  resolvePackage: (path: string) => string = createRequire(import.meta.url).resolve,
): EngineSource {
  const endpoint = environment.DAYPASS_DYNAMODB_ENDPOINT;
  if (endpoint !== undefined && endpoint !== '') return { kind: 'endpoint', url: parseEndpoint(endpoint) };
  const path = packagedEngine(resolvePackage) ?? installedEngine(environment.PATH ?? '');
  if (path !== undefined) return { kind: 'binary', path };
  throw new Error(
    'The local runtime keeps its tables in dynoxide, and this machine has none. Install it with one command:\n' +
      '  brew install nubo-db/tap/dynoxide    (or, with Rust: cargo install dynoxide-rs)\n' +
      'or set DAYPASS_DYNAMODB_ENDPOINT to a running DynamoDB-compatible server, such as http://localhost:8000.',
  );
}

function parseEndpoint(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new Error(
    `DAYPASS_DYNAMODB_ENDPOINT is '${text}', which is not a URL such as http://localhost:8000.`,
  );
}

/** An optional dependency: installed only on the platform it was built for. */
function packagedEngine(resolvePackage: (path: string) => string): string | undefined {
  const platformPackage = `@dynoxide/${process.platform}-${process.arch}`;
  try {
    const path = join(dirname(resolvePackage(`${platformPackage}/package.json`)), 'dynoxide');
    return isExecutable(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

const installedEngine = (searchPath: string) =>
  searchPath
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, 'dynoxide'))
    .find(isExecutable);

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
