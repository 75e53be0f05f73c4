import { join } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import type { InlineConfig, Rolldown } from 'vite';
import { docPagePlugin } from './doc-page-plugin.ts';

const root = join(import.meta.dirname, '..');

/**
 * A screen loads from a handful of files instead of some fifty, each of which costs a slow network a request: what starts
 * the console, what stands before the log-in, what screens behind it share, and the screen's own.
 */
const chunks: Rolldown.CodeSplittingGroup[] = [
  { name: 'start', tags: ['$initial'], priority: 2 },
  {
    name: 'account',
    test: /web[\\/](account|shell[\\/]account-layout|screens[\\/](log-in|sign-up|password))/,
    priority: 1,
  },
  { name: 'shared', test: /web[\\/]|node_modules/, minShareCount: 2 },
];

/** Reproducible: nothing of the machine or the time goes into the build. */
export function viteSettings(outputDirectory: string): InlineConfig {
  const common = settings(outputDirectory);
  return {
    ...common,
    plugins: [...common.plugins, docPagePlugin()],
    build: {
      ...common.build,
      emptyOutDir: true,
      // Libraries mark their client components for rendering on a server, which we don't do.
      rolldownOptions: {
        checks: { moduleLevelDirective: false },
        output: { codeSplitting: { groups: chunks } },
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
