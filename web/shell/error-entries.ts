/** What docs/errors.md says about each code, in paragraphs. */
export function errorEntries(markdown: string): ReadonlyMap<string, string> {
  const entries = markdown.split(/^#+ /m).flatMap((entry): [string, string][] => {
    const [, code, text] = /^`([a-z_]+)`\n([\s\S]*)$/.exec(entry) ?? [];
    return code === undefined || text === undefined ? [] : [[code, plain(text)]];
  });
  return new Map(entries);
}

/** Drops links, since the console can't reach other pages of the docs, and the status, which is beside the code. */
function plain(text: string): string {
  return text
    .replace(/\s\(\[[^\]]*\]\([^)]*\)\)/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s*\d{3}\. /, '')
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.replace(/\s+/g, ' '))
    .join('\n\n');
}
