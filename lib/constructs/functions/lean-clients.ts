import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

/** Exceptions whose classes or members functions use. They know the others by name, which every exception has. */
export const keptExceptions = [
  'ConditionalCheckFailedException',
  'ConflictException',
  'NotFoundException',
  // The client tries again by what its class says.
  'ReplicatedWriteConflictException',
  'TransactionCanceledException',
];

/**
 * Lets esbuild drop the operations, shapes and exceptions of AWS's clients that a function doesn't use. It can't by
 * itself: to it, a computed key of an object may run code, and each exception is registered.
 */
export const leanClients: Plugin = {
  name: 'lean-clients',
  setup({ onLoad }) {
    onLoad({ filter: /@aws-sdk\/client-[a-z0-9-]+\/dist-es\/schemas\/schemas_0\.js$/ }, ({ path }) => ({
      contents: leanSchemas(readFileSync(path, 'utf8')),
    }));
    // Clients name their version to the service, and nothing else of it.
    onLoad({ filter: /@aws-sdk\/client-[a-z0-9-]+\/package\.json$/ }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

function leanSchemas(source: string): string {
  const texts = new Map(
    [...source.matchAll(/^const (\w+) = ("[^"]*");$/gm)].map(([, name = '', text = '']) => [name, text]),
  );
  return source
    .replace(/\[(\w+)\]:/g, (key, name: string) => (texts.has(name) ? `${texts.get(name)}:` : key))
    .replace(/^n\d+_registry\.registerError\((\w+)\$, \w+\);$/gm, (line, name: string) =>
      keptExceptions.includes(name) ? line : '',
    );
}
