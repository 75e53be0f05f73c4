import { join } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import type { InlineConfig } from 'vite';
import { docPagePlugin } from './doc-page-plugin.ts';
import { iconsAlone } from './icons-alone.ts';
import { rolldownChunks } from './rolldown-chunks.ts';
import { routesAlone } from './routes-alone.ts';
import { screenFiles } from './screen-files.ts';

const root = join(import.meta.dirname, '..');

/** Reproducible: nothing of the machine or the time goes into the build. */
export function viteSettings(outputDirectory: string): InlineConfig {
  const common = settings(outputDirectory);
  return {
    ...common,
    plugins: [...common.plugins, docPagePlugin(), routesAlone(), iconsAlone(), screenFiles(root)],
    build: {
      ...common.build,
      emptyOutDir: true,
      // Libraries mark their client components for rendering on a server, which we don't do.
      rolldownOptions: {
        checks: { moduleLevelDirective: false },
        treeshake: {
          manualPureFunctions: ['z'],
          moduleSideEffects: [{ test: /[/](?:core|lambda[/]zod)[/][^.]*\.ts$/, sideEffects: false }],
        },
        // Nothing outside imports the console, so modules may be where the plan has them.
        preserveEntrySignatures: false,
        output: { codeSplitting: { groups: [rolldownChunks(root)] } },
      },
      // A highlighter of code and a chart are that large; what loads first has a budget of its own.
      chunkSizeWarningLimit: 600,
    },
  };
}

/** The landing page, which shares no file with the console, built beside it. */
export function landingSettings(outputDirectory: string): InlineConfig {
  const common = settings(outputDirectory);
  return {
    ...common,
    build: { ...common.build, copyPublicDir: false, rolldownOptions: { input: join(root, 'landing.html') } },
  };
}

function settings(outputDirectory: string) {
  return {
    configFile: false,
    root,
    logLevel: 'warn',
    plugins: [tailwindcss()],
    resolve: {
      alias: [
        // As in the bundles of functions: docs/decisions/0019-validation-in-bundles.md.
        { find: /^zod$/, replacement: join(root, '../lambda/zod/zod.ts') },
        // The package's own imports zod to tell its schemas from others.
        { find: '@hookform/resolvers/zod', replacement: join(import.meta.dirname, 'schema-resolver.ts') },
      ],
    },
    build: {
      outDir: outputDirectory,
      emptyOutDir: false,
      // For light-dark(): rewritten for older browsers, it would ignore the theme toggle.
      target: ['chrome123', 'edge123', 'firefox121', 'safari17.5'],
      // The content security policy allows no data: URLs for fonts and no inline scripts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  } satisfies InlineConfig;
}
