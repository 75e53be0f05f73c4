/** The API takes 255 characters, including the number and the extension. */
const longestStem = 230;

/** Numbers a name that is taken: everything pasted is called `image.png`. */
export function unlikeName(name: string, taken: readonly string[]): string {
  const [, whole = name, ending = ''] = /^(.+?)(\.\w{1,10})?$/s.exec(name) ?? [];
  const stem = whole.slice(0, longestStem);
  let unlike = stem + ending;
  for (let count = 2; taken.includes(unlike); count += 1) unlike = `${stem}-${count}${ending}`;
  return unlike;
}
