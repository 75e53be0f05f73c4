import { writeFileSync } from 'node:fs';
import { catalogues, inOrder } from './catalogues.ts';
import { readTexts } from './read-texts.ts';

/** `npm run texts`: brings the catalogues in order, drops what is used no more, and names what they lack. */
const used = new Set(readTexts().texts.map(({ text }) => text));
for (const { language, path, catalogue } of catalogues()) {
  const kept = inOrder(Object.keys(catalogue)).filter((text) => used.has(text));
  writeFileSync(
    path,
    `${JSON.stringify(Object.fromEntries(kept.map((text) => [text, catalogue[text]])), null, 2)}\n`,
  );
  const missing = inOrder(used).filter((text) => !Object.hasOwn(catalogue, text));
  for (const text of missing) process.stdout.write(`${language} lacks ${JSON.stringify(text)}\n`);
}
