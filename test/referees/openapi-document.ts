import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiDocument } from '../../core/contract/openapi/openapi-document.ts';

/** Every route, also those that daypass.yml leaves off. @returns the file */
export function writeOpenApiDocument(folder: string): string {
  const file = join(folder, 'openapi.json');
  writeFileSync(file, JSON.stringify(openApiDocument(), null, 2));
  return file;
}

export function countOperations(file: string): number {
  const { paths } = JSON.parse(readFileSync(file, 'utf8')) as { paths: Record<string, object> };
  return Object.values(paths).reduce((sum, operations) => sum + Object.keys(operations).length, 0);
}
