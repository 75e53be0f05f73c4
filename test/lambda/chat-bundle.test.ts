import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** With every provider, as the largest deployment bundles it. */
async function packagesOf(handler: string): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [`lambda/handlers/chat/${handler}.ts`],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    define: { DAYPASS_CATALOG: '{}' },
  });
  const bundled = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
  const names = bundled.map((file) => /node_modules\/((@[^/]+\/)?[^/]+)/.exec(file)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}

/** Half of a call's CPU and of a cold start's code was the SDK's: docs/decisions/0017-a-transport-for-the-hot-path.md. */
test.each(['chat-completions', 'messages', 'responses'])(
  '%s bundles nothing of the AWS SDK',
  async (handler) => {
    const packages = await packagesOf(handler);
    expect(packages).toContain('zod');
    expect(packages.filter((name) => /^@(aws-sdk|smithy)\//.test(name))).toEqual([]);
  },
);
