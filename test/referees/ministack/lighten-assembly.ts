import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../referee.ts';

interface Resource {
  Type: string;
  Properties?: Record<string, unknown>;
  DependsOn?: string | string[];
}

interface Template {
  Resources: Record<string, Resource>;
}

const template = 'Daypass.template.json';
/** These name the template by its hash, by which it is published. */
const lists = ['manifest.json', 'Daypass.assets.json'];

/**
 * Takes what an emulator is known to fail at out of the template, each as a finding, so that nothing is left out in silence.
 * @param folder an assembly, changed in place
 */
export function lightenAssembly(
  folder: string,
  mustGo: (resource: Resource) => boolean,
): { left: number; findings: Finding[] } {
  const file = join(folder, template);
  const { template: after, findings } = takeOut(JSON.parse(readFileSync(file, 'utf8')) as Template, mustGo);
  const text = JSON.stringify(after, null, 1);
  writeFileSync(file, text);
  const hash = createHash('sha256').update(text).digest('hex');
  const former = publishedHash(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  for (const list of lists) {
    const path = join(folder, list);
    const listed = readFileSync(path, 'utf8');
    writeFileSync(path, listed.replaceAll(former, hash));
  }
  return { left: Object.keys(after.Resources).length, findings };
}

/** @throws Error when something that stays names what goes */
export function takeOut(
  whole: Template,
  mustGo: (resource: Resource) => boolean,
): { template: Template; findings: Finding[] } {
  const all = Object.entries(whole.Resources);
  const gone = new Set(all.filter(([, resource]) => mustGo(resource)).map(([id]) => id));
  const kept = all.filter(([id]) => !gone.has(id));
  const Resources = Object.fromEntries(
    kept.map(([id, { DependsOn, ...resource }]) => {
      const needs = [DependsOn ?? []].flat().filter((each) => !gone.has(each));
      return [id, needs.length === 0 ? resource : { ...resource, DependsOn: needs }];
    }),
  );
  const text = JSON.stringify({ ...whole, Resources });
  for (const id of gone)
    if (text.includes(`"${id}"`))
      throw new Error(`${id} can't be taken out: the template names it elsewhere.`);
  const findings = all
    .filter(([id]) => gone.has(id))
    .map(([id, { Type }]) => ({ rule: 'taken out', where: `${Type} ${id}`, text: 'not deployed' }));
  return { template: { ...whole, Resources }, findings };
}

function publishedHash(manifest: string): string {
  const address = JSON.parse(manifest).artifacts?.Daypass?.properties?.stackTemplateAssetObjectUrl;
  const hash = /([0-9a-f]{64})\.json$/.exec(String(address))?.[1];
  if (hash === undefined) throw new Error(`The assembly publishes its template at ${address}.`);
  return hash;
}
