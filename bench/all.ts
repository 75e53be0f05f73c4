import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const parts = {
  chat: 'a chat, beside what people would use instead',
  scale: 'a chat, with many keys, near its quota, with long bodies and answers',
  cold: 'first calls of a chat, and the import of every function, in fresh processes',
  local: 'npm start: its starts, its memory, calls and streams through it',
  memory: 'a chat, by the function’s memory; needs root and Linux',
  cost: 'what a million chats and an idle month cost',
};

const help = `All measurements, one after another. Tables and numbers are kept in bench/results.

  npm run bench [-- part ...]

${Object.entries(parts)
  .map(([name, what]) => `  ${name.padEnd(8)} ${what}`)
  .join('\n')}

Each has a command of its own, npm run bench:PART, some with options: npm run bench:chat -- --help.
`;

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in parts));
if (asked.includes('--help') || unknown.length > 0) {
  if (!asked.includes('--help')) console.error(`There is no ${unknown.join(', ')} here.\n`);
  console.log(help);
  process.exit(asked.includes('--help') ? 0 : 2);
}
const failed: string[] = [];
for (const name of asked.length > 0 ? asked : Object.keys(parts)) {
  console.error(`\n${name}: ${parts[name as keyof typeof parts]}`);
  const { status } = spawnSync('npm', ['run', '--silent', `bench:${name}`], { stdio: 'inherit' });
  if (status !== 0) failed.push(name);
}
const results = join(import.meta.dirname, 'results');
const tables = Object.keys(parts)
  .map((name) => join(results, `${name}.md`))
  .filter((file) => existsSync(file))
  .map((file) => readFileSync(file, 'utf8'));
writeFileSync(join(results, 'all.md'), tables.join('\n'));
console.log(`\nAll tables: ${join('bench', 'results', 'all.md')}`);
if (failed.length > 0) {
  console.error(`Not measured: ${failed.join(', ')}`);
  process.exit(1);
}
