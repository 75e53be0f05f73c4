import { existsSync, type FSWatcher, watch } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Log } from '../log.ts';
import type { Runtime } from '../runtime.ts';
import { settingsPath, siteFolder, synthesizeIfChanged, watchedFolders } from './synthesize.ts';

/** Editors write a file in several steps, and a checkout touches many at once. */
const settleMs = 200;

/**
 * Deploys changed sources into the running platform: users, keys and running calls stay.
 * @returns a function that stops watching
 */
export function watchSources(root: string, runtime: Pick<Runtime, 'redeploy'>, log: Log): () => void {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  const redeploy = async () => {
    const startedAt = performance.now();
    try {
      let changed = false;
      const assembly = await synthesizeIfChanged(root, () => {
        changed = true;
        log.info('dev', 'sources changed: synthesizing …');
      });
      if (!changed) return;
      await runtime.redeploy(assembly);
      log.info('dev', `changes deployed in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
    } catch (error) {
      // The platform goes on with what it has until the mistake is corrected.
      log.warn('dev', error instanceof Error ? error.message : String(error));
    }
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(redeploy);
    }, settleMs);
  };

  const settings = settingsPath(root, process.env);
  const site = siteFolder(root, process.env);
  let siteWatcher: FSWatcher | undefined;
  // Made and removed while this runs.
  const watchSite = () => {
    siteWatcher?.close();
    siteWatcher = existsSync(site) ? watch(site, { recursive: true }, soon) : undefined;
  };
  watchSite();
  const watchers = [
    ...watchedFolders.map((folder) => watch(join(root, folder), { recursive: true }, soon)),
    // Its folder: many editors put a new file in the place of the old one, which ends a watch on the file.
    watch(dirname(settings), (_event, name) => {
      if (name === basename(site)) watchSite();
      if (name === basename(site) || name === basename(settings)) soon();
    }),
  ];
  log.info('dev', `watching sources and ${basename(settings)}`);
  return () => {
    clearTimeout(timer);
    for (const watcher of [...watchers, siteWatcher]) watcher?.close();
  };
}
