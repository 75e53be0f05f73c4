/** A longer name is no typing mistake, and would be slow to compare. */
const longestName = 100;

/** At most three known names that differ least from a wrong one, best first; none if all differ too much. */
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

/** A name that contains the other, as a provider's id may contain the public name, is close at any length. */
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
