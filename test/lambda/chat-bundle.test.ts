import { build } from 'esbuild';
import { bundling } from '../../lib/constructs/functions/esbuild-options.ts';

/** With every provider, as the largest deployment bundles it. */
async function packagesOf(handler: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [`lambda/handlers/chat/${handler}.ts`],
    write: false,
    metafile: true,
    ...bundling,
    define: { DAYPASS_CATALOG: '{}' },
  });
  const bundled = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
  const names = bundled.map((file) => /node_modules\/((@[^/]+\/)?[^/]+)/.exec(file)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}

/** Why: docs/decisions/0017-a-transport-for-the-hot-path.md and 0019-validation-in-bundles.md. */
test.each(['chat-completions', 'messages', 'responses'])(
  '%s bundles no package but for its pipeline and for reading events',
  async (handler) => {
    const packages = await packagesOf(handler);
    expect(packages).toEqual(['@middy/core', 'eventsource-parser']);
  },
);
