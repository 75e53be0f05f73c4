import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { agent } from '../measure/calls.ts';
import { readDeployment, type Template } from './deployment.ts';
import { observeChat } from './observe-chat.ts';
import { costTables, putTables } from './tables.ts';

/** `npm run bench:cost`: what a deployment costs, by its template and by what a call of its function does. */

if (process.argv.includes('--help')) {
  console.log(
    'Synthesizes the template, runs the chat function in front of stubs of AWS, and writes the tables of docs/costs.md.\n\n' +
      '  npm run bench:cost',
  );
  process.exit();
}
const root = resolve(import.meta.dirname, '../..');
execFileSync('npx', ['cdk', 'synth', '--quiet'], { cwd: root, stdio: 'pipe' });
const template = JSON.parse(readFileSync(join(root, 'cdk.out/Daypass.template.json'), 'utf8')) as Template;
const tables = costTables(readDeployment(template), await observeChat(root));
agent.destroy();
const page = join(root, 'docs/costs.md');
writeFileSync(page, putTables(readFileSync(page, 'utf8'), tables));
console.log(tables);
