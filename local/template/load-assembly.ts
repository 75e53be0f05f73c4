import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { type Template, TemplateError } from './template.ts';

/** A file asset of the assembly: what `cdk deploy` would have uploaded under `objectKey`. */
export interface Asset {
  readonly objectKey: string;
  /** Absolute. For `zip` a directory whose contents would be zipped, for `file` one file, zipped or not. */
  readonly path: string;
  readonly packaging: 'zip' | 'file';
}

export interface Assets {
  /** @throws TemplateError with the key when the assembly has no such asset */
  byObjectKey(objectKey: string): Asset;
}

/** What `cdk synth` left in its output directory, read and checked. */
export interface Assembly {
  readonly directory: string;
  readonly stackName: string;
  readonly template: Template;
  readonly assets: Assets;
}

/** The newest major version read here: it grows with every CDK release that adds a field to the manifest. */
const newestSchemaVersion = 55;

const manifestSchema = z.looseObject({
  version: z.string(),
  artifacts: z.record(
    z.string(),
    z.looseObject({ type: z.string(), properties: z.record(z.string(), z.unknown()).optional() }),
  ),
});

const assetManifestSchema = z.looseObject({
  files: z
    .record(
      z.string(),
      z.looseObject({
        source: z.looseObject({
          path: z.string().optional(),
          packaging: z.enum(['zip', 'file']).default('file'),
        }),
        destinations: z.record(z.string(), z.looseObject({ objectKey: z.string() })),
      }),
    )
    .default({}),
  dockerImages: z.record(z.string(), z.unknown()).default({}),
});

const templateSchema = z.looseObject({
  Resources: z.record(z.string(), z.looseObject({ Type: z.string() })),
});

/**
 * @param directory CDK's output, usually `cdk.out`
 * @throws TemplateError when it is missing, has not exactly one stack, or was written by a newer CDK
 */
export function loadAssembly(directory: string): Assembly {
  const root = resolve(directory);
  if (!existsSync(join(root, 'manifest.json')))
    throw new TemplateError('', `No synthesized app in ${directory}: run \`npx cdk synth\` first.`);
  const manifest = readJson(root, 'manifest.json', manifestSchema);
  checkVersion(manifest.version);

  const artifacts = Object.entries(manifest.artifacts);
  const stacks = artifacts.filter(([, artifact]) => artifact.type === 'aws:cloudformation:stack');
  const [stack] = stacks;
  if (stack === undefined) throw new TemplateError('', `The app in ${directory} has no stack.`);
  if (stacks.length > 1)
    throw new TemplateError(
      '',
      `The app in ${directory} has ${stacks.length} stacks (${stacks.map(([id]) => id).join(', ')}); one can run here.`,
    );

  const [stackId, { properties = {} }] = stack;
  const assetFiles = artifacts
    .filter(([, artifact]) => artifact.type === 'cdk:asset-manifest')
    .map(([, artifact]) => String(artifact.properties?.file));
  return {
    directory: root,
    stackName: typeof properties.stackName === 'string' ? properties.stackName : stackId,
    template: readJson(root, String(properties.templateFile), templateSchema) as Template,
    assets: createAssets(assetFiles.flatMap((file) => readAssets(root, file))),
  };
}

function checkVersion(version: string): void {
  const major = Number.parseInt(version, 10);
  if (Number.isNaN(major)) throw new TemplateError('manifest.json', `"${version}" is not a schema version.`);
  if (major > newestSchemaVersion)
    throw new TemplateError(
      'manifest.json',
      `written by a newer CDK (schema ${version}); this runtime reads up to ${newestSchemaVersion}.`,
    );
}

function readAssets(root: string, file: string): Asset[] {
  const manifest = readJson(root, file, assetManifestSchema);
  const [image] = Object.keys(manifest.dockerImages);
  if (image !== undefined)
    throw new TemplateError(
      file,
      `container image asset ${image} is not supported: nothing here runs containers.`,
    );
  return Object.entries(manifest.files).flatMap(([id, { source, destinations }]) => {
    const { path, packaging } = source;
    if (path === undefined)
      throw new TemplateError(
        file,
        `asset ${id} is built by a command at publish time, which is not supported.`,
      );
    return Object.values(destinations).map(({ objectKey }) => ({
      objectKey,
      path: join(root, path),
      packaging,
    }));
  });
}

function createAssets(list: readonly Asset[]): Assets {
  const byKey = new Map(list.map((asset) => [asset.objectKey, asset]));
  return {
    byObjectKey(objectKey) {
      const asset = byKey.get(objectKey);
      if (asset === undefined)
        throw new TemplateError('', `The assembly has no asset ${objectKey}; run \`npx cdk synth\` again.`);
      return asset;
    },
  };
}

function readJson<T>(root: string, file: string, schema: z.ZodType<T>): T {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(join(root, file), 'utf8'));
  } catch (error) {
    throw new TemplateError(
      file,
      `can't be read as JSON (${error instanceof Error ? error.message : error}).`,
    );
  }
  const parsed = schema.safeParse(content);
  if (!parsed.success) throw new TemplateError(file, z.prettifyError(parsed.error));
  return parsed.data;
}
