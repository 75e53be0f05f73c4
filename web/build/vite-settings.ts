import { join } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import type { InlineConfig } from 'vite';

/** The same sources make the same files: nothing of the machine or the time goes in. */
export function viteSettings(outputDirectory: string): InlineConfig {
  return {
    configFile: false,
    root: join(import.meta.dirname, '..'),
    logLevel: 'warn',
    plugins: [tailwindcss()],
    build: {
      outDir: outputDirectory,
      emptyOutDir: true,
      // light-dark() for the colours; older browsers would get it rewritten into something that ignores the toggle.
      target: ['chrome123', 'edge123', 'firefox121', 'safari17.5'],
      // The content security policy allows no data: URLs for fonts and no inline scripts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      // Libraries mark client components for servers that render; there is no such server.
      rolldownOptions: { checks: { moduleLevelDirective: false } },
    },
  };
}
