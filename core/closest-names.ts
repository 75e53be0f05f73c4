/** Longer ones are no slip of the hand, and comparing them would only take time. */
const longestName = 100;

/** The known names that differ least from a wrong one, best first, at most three; none when all are far off. */
export function closestNames(known: readonly string[], wrong: string): string[] {
  if (wrong.length > longestName) return [];
  const name = wrong.toLowerCase();
  return known
    .map((candidate) => ({ candidate, distance: distanceTo(candidate, name) }))
    .filter(({ distance }) => distance <= Math.max(2, name.length / 2))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** A name that holds the other, such as a Bedrock id that holds the public name, is close whatever its length. */
function distanceTo(candidate: string, name: string): number {
  const short = Math.min(candidate.length, name.length);
  if (short >= 4 && (candidate.includes(name) || name.includes(candidate))) return 0;
  return editDistance(candidate, name);
}

/** Levenshtein's: single characters put in, left out or changed. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const above = row;
    row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(change, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
  }
  return row[b.length] ?? 0;
}
