import { writeFileSync } from 'node:fs';
import { catalogues, inOrder, keptTogether } from './catalogues.ts';
import { readTexts } from './read-texts.ts';

/**
 * `npm run texts`: brings the catalogues in order, drops what is used no more, keeps together what belongs together, and
 * names what they lack.
 */
const used = new Set(readTexts().texts.map(({ text }) => text));
for (const { language, path, catalogue } of catalogues()) {
  const together = keptTogether[language] ?? String;
  const kept = inOrder(Object.keys(catalogue)).filter((text) => used.has(text));
  writeFileSync(
    path,
    `${JSON.stringify(Object.fromEntries(kept.map((text) => [text, together(catalogue[text] ?? '')])), null, 2)}\n`,
  );
  const missing = inOrder(used).filter((text) => !Object.hasOwn(catalogue, text));
  for (const text of missing) process.stdout.write(`${language} lacks ${JSON.stringify(text)}\n`);
}
