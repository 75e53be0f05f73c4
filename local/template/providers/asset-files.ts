import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import type { Asset } from '../load-assembly.ts';

/**
 * A source's files by their path in it, with forward slashes.
 * @param extract false to take a file as it is; a zip file can't be unpacked here
 */
export function assetFiles(asset: Asset, extract: boolean): Map<string, Buffer> {
  if (asset.packaging === 'file') {
    if (extract)
      throw new Error(`${basename(asset.path)} is a zip file; deploy the directory it was made from.`);
    return new Map([[basename(asset.objectKey), readFileSync(asset.path)]]);
  }
  const files = readdirSync(asset.path, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(asset.path.length + 1).replaceAll(sep, '/'), readFileSync(path)];
    }),
  );
}
