import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Node } from 'constructs';
import { build } from 'esbuild';
import type { Catalog } from '../../../core/catalog.ts';
import { cachedBuild } from '../cached-build.ts';
import { bundling, bundlingOfHandlers, settingsLine } from './esbuild-options.ts';

/** The name under which an app's context holds the folder of all bundles. */
export const bundlesFolder = 'daypass:bundles';

/**
 * The code of one handler. esbuild is called directly: CDK's `NodejsFunction` starts it through npx, which takes as long
 * as the bundle itself.
 */
export function bundledHandler(handler: string, catalog: Catalog, node: Node): Code {
  return Code.fromAsset(bundling.absWorkingDir, {
    // Hash the output, so that unchanged sources never cause a deployment.
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // CDK requires an image even if bundling never uses it.
      image: DockerImage.fromRegistry('scratch'),
      // Never run. CDK bundles assets with the same source and options only once, so this keeps handlers apart.
      command: [handler],
      local: {
        tryBundle(outputDirectory) {
          const bundles: string = node.getContext(bundlesFolder);
          const code = readFileSync(join(bundles, `${handler}.js`), 'utf8');
          writeFileSync(join(outputDirectory, 'index.js'), `${settingsLine(catalog)}\n${code}`);
          return true;
        },
      },
    },
  });
}

/** @returns the folder with the bundles of all handlers, such as `keys/create-api-key.js`, without their settings */
export function bundleHandlers(catalog: Catalog): Promise<string> {
  const { banner: _settings, ...others } = bundlingOfHandlers(catalog);
  const options = { ...others, write: true };
  const { absWorkingDir, entryPoints, define } = options;
  const files = entryPoints.map((file) => relative(absWorkingDir, file));
  // Of the process that esbuild starts: collecting garbage less often takes no more memory here, and a third less time.
  process.env.GOGC ??= '400';
  return cachedBuild({ name: 'daypass-handlers', sources, options: { files, define } }, async (outdir) => {
    await build({ ...options, outdir });
  });
}

/** What is bundled, and with what. */
const sources = [
  'lambda/**',
  'core/**',
  'lib/constructs/functions/esbuild-options.ts',
  'lib/constructs/functions/lean-clients.ts',
  'package.json',
  'package-lock.json',
  'node_modules/.package-lock.json',
  'tsconfig.json',
];
