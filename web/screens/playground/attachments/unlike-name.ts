/** The API takes 255 characters, the number and the ending among them. */
const longestStem = 230;

/** The name, with a number before its ending where it is taken: whatever is pasted is called `image.png`. */
export function unlikeName(name: string, taken: readonly string[]): string {
  const [, whole = name, ending = ''] = /^(.+?)(\.\w{1,10})?$/s.exec(name) ?? [];
  const stem = whole.slice(0, longestStem);
  let unlike = stem + ending;
  for (let count = 2; taken.includes(unlike); count += 1) unlike = `${stem}-${count}${ending}`;
  return unlike;
}
