import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asHtml, machinePage } from './local-page.ts';

export interface Runbook {
  /** Of its alarm, without the stack's. */
  name: string;
  text: string;
}

/** The sections of docs/runbooks.md, as they are written. */
export function readRunbooks(file = join(import.meta.dirname, '../../docs/runbooks.md')): readonly Runbook[] {
  const [, ...sections] = readFileSync(file, 'utf8').split(/^## /m);
  return sections.map((section) => {
    const [name = ''] = section.split('\n', 1);
    return { name, text: section.slice(name.length).trim() };
  });
}

/** Where an alarm's runbook is; undefined: it has none. */
export function runbookOf(alarmName: string, runbooks: readonly Runbook[]): string | undefined {
  const found = runbooks.find(({ name }) => name === alarmName.split('-').at(-1));
  return found && `/_local/runbooks#${encodeURIComponent(found.name)}`;
}

export function runbooksPage(runbooks: readonly Runbook[]): string {
  const sections = runbooks.map(
    ({ name, text }) =>
      `<h2 id="${asHtml(encodeURIComponent(name))}">${asHtml(name)}</h2>\n<pre>${asHtml(text)}</pre>`,
  );
  return machinePage({
    title: 'Runbooks · Daypass',
    style: `  body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
  h2 { font-size: 1.1rem; margin-top: 2rem; } h2:target { text-decoration: underline; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .875rem; }`,
    body: `<h1>Runbooks</h1>
<p>The text of docs/runbooks.md.</p>
<main>
${sections.join('\n')}
</main>`,
  });
}
