import { join } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import type { InlineConfig } from 'vite';

/** Reproducible: nothing of the machine or the time goes into the build. */
export function viteSettings(outputDirectory: string): InlineConfig {
  return {
    configFile: false,
    root: join(import.meta.dirname, '..'),
    logLevel: 'warn',
    plugins: [tailwindcss()],
    build: {
      outDir: outputDirectory,
      emptyOutDir: true,
      // For light-dark(): rewritten for older browsers, it would ignore the theme toggle.
      target: ['chrome123', 'edge123', 'firefox121', 'safari17.5'],
      // The content security policy allows no data: URLs for fonts and no inline scripts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      // Libraries mark their client components for rendering on a server, which we don't do.
      rolldownOptions: { checks: { moduleLevelDirective: false } },
    },
  };
}
