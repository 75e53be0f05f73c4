import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import type { Catalog } from '../../../core/catalog.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

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

/**
 * CommonJS with ESM sources starts in half the time of an ESM bundle (61 against 126 ms measured). The SDK is
 * bundled too: the version tested is the version run. Settings go in as a constant.
 */
function bundle(handler: string, catalog: Catalog, outputDirectory: string): void {
  buildSync({
    absWorkingDir: root,
    entryPoints: [`lambda/handlers/${handler}.ts`],
    outfile: join(outputDirectory, 'index.js'),
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    minify: true,
    keepNames: true,
    define: { DAYPASS_CATALOG: JSON.stringify(catalog) },
    logLevel: 'warning',
  });
}
