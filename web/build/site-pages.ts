import { text } from 'node:stream/consumers';
import { readSitePage } from './read-doc-page.ts';

/**
 * `node web/build/site-pages.ts`: takes the operator's pages as JSON on stdin, and writes them as the console shows them to
 * stdout, in the same order.
 */
const pages = JSON.parse(await text(process.stdin)) as { title: string; text: string }[];
process.stdout.write(JSON.stringify(pages.map(readSitePage)));
