import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { OpenApi } from './breaking-changes.ts';
import type { Change } from './rules.ts';

export const releasesFolder = join(import.meta.dirname, '../../docs/releases');

const ending = '.openapi.json';
export const documentPath = (version: string): string => join(releasesFolder, `${version}${ending}`);

export interface Release {
  version: string;
  document: OpenApi;
}

/** The newest release whose document is kept. */
export function lastRelease(): Release {
  const versions = globSync(`*${ending}`, { cwd: releasesFolder }).map((file) => basename(file, ending));
  const version = versions.toSorted(byVersion).at(-1);
  if (version === undefined) throw new Error(`no document of a release in ${releasesFolder}`);
  return { version, document: JSON.parse(readFileSync(documentPath(version), 'utf8')) };
}

/** A break that is meant, in docs/releases/intended-breaks.json. */
export interface IntendedBreak extends Change {
  /** Of the release that brings it. */
  version: string;
  /** Why, and what callers do instead. */
  reason: string;
}

export function intendedBreaks(): IntendedBreak[] {
  return JSON.parse(readFileSync(join(releasesFolder, 'intended-breaks.json'), 'utf8'));
}

/** Those since the last release; earlier ones are kept as history. */
export function judge(
  changes: readonly Change[],
  intended: readonly IntendedBreak[],
  lastVersion: string,
): { unintended: Change[]; stale: IntendedBreak[] } {
  const current = intended.filter(({ version }) => byVersion(version, lastVersion) > 0);
  const same = (one: Change) => (other: Change) => one.rule === other.rule && one.where === other.where;
  return {
    unintended: changes.filter((change) => !current.some(same(change))),
    stale: current.filter((one) => !changes.some(same(one))),
  };
}

/** For `toSorted`: 0.10.0 comes after 0.9.1. */
export function byVersion(one: string, other: string): number {
  const parts = (version: string) => version.split('.').map(Number);
  const [ours, theirs] = [parts(one), parts(other)];
  const at = ours.findIndex((part, index) => part !== theirs[index]);
  return at < 0 ? 0 : (ours[at] ?? 0) - (theirs[at] ?? 0);
}
