import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const docs = resolve(import.meta.dirname, '../../docs');

/**
 * Runs the commands of a page of the docs, one block after another in one shell, as its reader would.
 * @param heading of the section whose commands are run; without it, those of the whole page
 * @param variables of the shell, which the page says the reader has; `KEY` also stands for YOUR_KEY
 * @returns what each block printed on its standard output
 * @throws Error if a command fails
 */
export async function runPage(
  edge: string,
  page: string,
  heading?: string,
  variables: Record<string, string> = {},
): Promise<string[]> {
  const text = sectionOf(readFileSync(join(docs, page), 'utf8'), heading);
  const blocks = [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].flatMap(([, language, block = '']) =>
    language === '' || language === 'sh' ? [block] : [],
  );
  if (blocks.length === 0) throw new Error(`${page} has no commands under ${heading ?? 'its title'}`);
  const mark = '=== next block ===';
  const script = blocks
    .join(`\necho; echo '${mark}'\n`)
    .replaceAll(/http:\/\/localhost:4000|https:\/\/llm\.example\.com|CONSOLE_URL/g, edge)
    .replaceAll('YOUR_KEY', variables.KEY ?? 'YOUR_KEY');
  const cwd = mkdtempSync(join(tmpdir(), 'daypass-page-'));
  try {
    // Node is the one that runs this, whatever the machine has.
    const PATH = `${dirname(process.execPath)}:${process.env.PATH}`;
    const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', script], {
      cwd,
      env: { ...process.env, ...variables, PATH },
    });
    return stdout.split(mark).map((printed) => printed.trim());
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

/**
 * Runs the one block of a page in JavaScript.
 * @returns what it printed
 */
export async function runBlock(
  edge: string,
  page: string,
  language: 'js',
  variables: Record<string, string>,
): Promise<string> {
  const text = readFileSync(join(docs, page), 'utf8');
  const [, block] = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'ms').exec(text) ?? [];
  if (block === undefined) throw new Error(`${page} has no block of ${language}`);
  const source = block.replaceAll('https://llm.example.com', edge);
  const env = { ...process.env, ...variables };
  return (await run(process.execPath, ['--input-type=module', '-e', source], { env })).stdout;
}

function sectionOf(text: string, heading: string | undefined): string {
  if (heading === undefined) return text;
  const at = text.indexOf(`\n${heading}\n`);
  if (at < 0) throw new Error(`there is no ${heading}`);
  const level = heading.indexOf(' ');
  const rest = text.slice(at + heading.length + 1);
  const end = rest.search(new RegExp(`^#{1,${level}} `, 'm'));
  return end < 0 ? rest : rest.slice(0, end);
}
