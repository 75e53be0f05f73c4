import { globSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { type BuildOptions, buildSync } from 'esbuild';
import type { Catalog } from '../../../core/catalog.ts';
import { openApiDocument } from '../../../core/contract/openapi.ts';
import type { RouteSection } from '../../../core/contract/route-contract.ts';

export const root = fileURLToPath(new URL('../../..', import.meta.url));
const noCredentialChain = join(root, 'lambda/adapters/no-credential-chain.ts');

/**
 * The code of one handler. esbuild is called directly: CDK's `NodejsFunction` starts it through npx, which takes as long
 * as the bundle itself.
 */
export function bundledHandler(handler: string, catalog: Catalog): Code {
  return Code.fromAsset(root, {
    // Hash the output, so that unchanged sources never cause a deployment.
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // CDK requires an image even if bundling never uses it.
      image: DockerImage.fromRegistry('scratch'),
      // Never run. CDK bundles assets with the same source and options only once, so this keeps handlers apart.
      command: [handler],
      local: {
        tryBundle(outputDirectory) {
          bundle(handler, catalog, outputDirectory);
          return true;
        },
      },
    },
  });
}

const bundles = new Map<string, Map<string, Uint8Array>>();

function bundle(handler: string, catalog: Catalog, outputDirectory: string): void {
  const settings = JSON.stringify(catalog);
  const made = bundles.get(settings) ?? bundleAll(catalog);
  bundles.set(settings, made);
  const code = made.get(`${handler}.js`);
  if (code === undefined) throw new Error(`lambda/handlers/${handler}.ts is not there`);
  writeFileSync(join(outputDirectory, 'index.js'), code);
}

/**
 * CommonJS with ESM sources starts in half the time of an ESM bundle (61 against 126 ms measured). The SDK is
 * bundled too: the version tested is the version run.
 */
export const bundling = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  mainFields: ['module', 'main'],
  alias: {
    // The tenth of its bytes that the contract needs: docs/decisions/0018-validation-in-bundles.md.
    zod: join(root, 'lambda/zod/zod.ts'),
    '@aws-sdk/credential-provider-node': noCredentialChain,
    '@aws-sdk/token-providers': noCredentialChain,
  },
  minify: true,
  charset: 'utf8',
  // Such as a part of zod that lambda/zod doesn't have.
  logOverride: { 'import-is-undefined': 'error' },
} satisfies BuildOptions;

/**
 * All handlers at once, in a quarter of the time that they take one by one: what they share is read once. Settings go in
 * as a constant.
 */
function bundleAll(catalog: Catalog): Map<string, Uint8Array> {
  const handlers = join(root, 'lambda/handlers');
  const { outputFiles } = buildSync({
    absWorkingDir: root,
    entryPoints: globSync('*/*.ts', { cwd: handlers })
      .filter((file) => catalog.billing !== undefined || !file.startsWith('billing/'))
      .map((file) => join(handlers, file)),
    outdir: handlers,
    write: false,
    ...bundling,
    define: {
      DAYPASS_CATALOG: JSON.stringify(catalog),
      DAYPASS_OPENAPI: JSON.stringify(openApi(catalog)),
      // Drops the code of all other providers.
      ...(asksConverseAlone(catalog) && { DAYPASS_CONVERSE_ALONE: 'true' }),
    },
    logLevel: 'warning',
  });
  return new Map(outputFiles.map(({ path, contents }) => [relative(handlers, path), contents]));
}

/** Compressed, it is a tenth of the size. It is made here, since only zod itself can write its schemas down. */
function openApi({ billing, logIn }: Catalog): string {
  const has: Record<RouteSection, boolean> = {
    billing: billing !== undefined,
    'logIn.providers': logIn.providers.length > 0,
    'logIn.authenticator': logIn.authenticator === 'on',
  };
  const document = JSON.stringify(openApiDocument((section) => has[section]));
  return deflateRawSync(document, { level: 9 }).toString('base64');
}

function asksConverseAlone({ models, upstreams }: Catalog): boolean {
  return Object.keys(upstreams).length === 0 && models.every(({ provider }) => provider === 'bedrock');
}
