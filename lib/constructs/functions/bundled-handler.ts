import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import type { Catalog } from '../../../core/catalog.ts';
import { bundling, bundlingOfHandlers, handlersFolder } from './bundling.ts';

/**
 * The code of one handler. esbuild is called directly: CDK's `NodejsFunction` starts it through npx, which takes as long
 * as the bundle itself.
 */
export function bundledHandler(handler: string, catalog: Catalog): Code {
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

function bundleAll(catalog: Catalog): Map<string, Uint8Array> {
  const { outputFiles } = buildSync(bundlingOfHandlers(catalog));
  return new Map(outputFiles.map(({ path, contents }) => [relative(handlersFolder, path), contents]));
}
