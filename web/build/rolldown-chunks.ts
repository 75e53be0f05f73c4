import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rolldown } from 'vite';
import { normalizePath } from 'vite';
import { type PlannedModule, planChunks } from './plan-chunks.ts';
import { screensOfRoutes } from './screens-of-routes.ts';

/** One below the budget, which leaves a file to what only the next change brings. */
const mostFiles = 11;

/** Has Rolldown divide the build as planChunks does by what the screens of routes.tsx need. */
export function rolldownChunks(root: string): Rolldown.CodeSplittingGroup {
  let plan: ReadonlyMap<string, string> | undefined;
  return {
    name(id, context) {
      plan ??= planOf(root, context);
      return plan.get(id) ?? null;
    },
    debugName: 'screens',
    // The plan has put them where they belong.
    includeDependenciesRecursively: false,
  };
}

function planOf(root: string, context: Rolldown.ChunkingContext): ReadonlyMap<string, string> {
  const entry = normalizePath(join(root, 'index.html'));
  const modules = new Map<string, PlannedModule>();
  const waiting = [entry];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (modules.has(id)) continue;
    const { code, importedIds = [], dynamicallyImportedIds = [] } = context.getModuleInfo(id) ?? {};
    modules.set(id, {
      size: code?.length ?? 0,
      imports: [...importedIds],
      loads: [...dynamicallyImportedIds],
    });
    waiting.push(...importedIds, ...dynamicallyImportedIds);
  }
  const screens = screensOfRoutes(readFileSync(join(root, 'routes.tsx'), 'utf8')).map((screen) =>
    screen.modules.map((module) => normalizePath(join(root, module))),
  );
  return planChunks(modules, entry, screens, mostFiles);
}
