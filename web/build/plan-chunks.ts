/** What the plan has to know of a file of the build. */
export interface PlannedModule {
  /** Of its code. */
  size: number;
  /** Whose code must have run before its own. */
  imports: readonly string[];
  /** What it loads on demand. */
  loads: readonly string[];
}

export type Modules = ReadonlyMap<string, PlannedModule>;

/**
 * Which chunk each module belongs to, so that no screen loads from more than `mostFiles` of them, the entry's own among
 * them, and hardly more than it needs. Modules that the same screens need are together from the start; then, again and
 * again, the two chunks become one whose union costs the screens least, until none loads too many.
 *
 * No chunk imports, by whatever way, one that imports it. So modules run in the order of their imports without the bundler
 * wrapping each in a function, which costs a screen 14 kB.
 *
 * @param screens the modules that each loads before it is there
 */
export function planChunks(
  modules: Modules,
  entry: string,
  screens: readonly (readonly string[])[],
  mostFiles: number,
): ReadonlyMap<string, string> {
  const initial = importedBy([entry], modules);
  const own = screens.map((ids) => importedBy(ids, modules));
  const parts = laterParts(modules, screens, own).map((id) => importedBy([id], modules));
  const chunks = alikeUsed(modules, [...own, ...parts], initial, screens.length);
  while (mergeCheapest(chunks, modules, screens.length, mostFiles - 1)) {}
  const names = new Map([...initial].map((id) => [id, 'start']));
  chunks.forEach(({ ids }, place) => {
    for (const id of ids) names.set(id, `part-${place}`);
  });
  return names;
}

interface Chunk {
  ids: string[];
  size: number;
  /** Whether each screen loads it, and each of the parts that several screens load later. */
  users: boolean[];
}

/** The modules, and all that these import. */
function importedBy(ids: readonly string[], modules: Modules): Set<string> {
  const found = new Set<string>();
  const waiting = [...ids];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    waiting.push(...(modules.get(id)?.imports ?? []));
  }
  return found;
}

/** What several screens load on demand, as dialogs. None of them should bring a screen's own modules along. */
function laterParts(
  modules: Modules,
  screens: readonly (readonly string[])[],
  own: readonly ReadonlySet<string>[],
): string[] {
  const firsts = new Set(screens.flat());
  const loaded = own.map((ids) => new Set([...ids].flatMap((id) => modules.get(id)?.loads ?? [])));
  return [...new Set(loaded.flatMap((ids) => [...ids]))].filter(
    (id) => !firsts.has(id) && loaded.filter((ids) => ids.has(id)).length > 1,
  );
}

/** A chunk for each set of users that need the same modules. What no screen needs is left to the bundler. */
function alikeUsed(
  modules: Modules,
  uses: readonly ReadonlySet<string>[],
  initial: ReadonlySet<string>,
  screenCount: number,
): Chunk[] {
  const chunks = new Map<string, Chunk>();
  for (const [id, { size }] of modules) {
    const users = uses.map((ids) => ids.has(id));
    if (initial.has(id) || !users.slice(0, screenCount).includes(true)) continue;
    const key = users.map(Number).join('');
    const chunk = chunks.get(key) ?? { ids: [], size: 0, users };
    chunk.ids.push(id);
    chunk.size += size;
    chunks.set(key, chunk);
  }
  return [...chunks.values()];
}

/** Of a part that screens load later, while nobody waits. */
const partWeight = 0.02;

/** @returns false if there is nothing to do */
function mergeCheapest(chunks: Chunk[], modules: Modules, screenCount: number, mostFiles: number): boolean {
  const sums = (of: (chunk: Chunk) => number) =>
    Array.from({ length: screenCount }, (_, user) =>
      chunks.reduce((sum, chunk) => sum + (chunk.users[user] ? of(chunk) : 0), 0),
    );
  const isOver = sums(() => 1).map((count) => count > mostFiles);
  if (!isOver.includes(true)) return false;
  // What a large screen doesn't need costs it more.
  const sizes = sums(({ size }) => size);
  const largest = Math.max(...sizes);
  const weights = sizes.map((size) => 0.1 + (size / largest) ** 2);
  const imports = importsOf(chunks, modules);
  const additions = chunks.map((chunk) => additionOf(chunk, imports));
  let best: { one: Chunk; other: Chunk; price: number } | undefined;
  chunks.forEach((one, place) => {
    for (let second = place + 1; second < chunks.length; second += 1) {
      const other = chunks[second] as Chunk;
      let saved = 0;
      let price = 1;
      for (let user = 0; user < one.users.length; user += 1) {
        const isOfOne = one.users[user];
        if (isOfOne && other.users[user]) saved += isOver[user] ? 1 : 0;
        else if (isOfOne || other.users[user]) {
          const { sizes: added, files } = additions[isOfOne ? second : place] as Addition;
          price += (added[user] ?? 0) * (weights[user] ?? partWeight);
          if (isOver[user]) saved -= Math.max(0, (files[user] ?? 0) - 1);
        }
      }
      if (saved <= 0 || price / saved >= (best?.price ?? Number.POSITIVE_INFINITY)) continue;
      if (leadsThrough(one, other, imports) || leadsThrough(other, one, imports)) continue;
      best = { one, other, price: price / saved };
    }
  });
  if (best === undefined) return false;
  const { one, other } = best;
  const users = one.users.map((isUser, user) => isUser || other.users[user] === true);
  for (const chunk of [one, ...reachedFrom(one, imports), ...reachedFrom(other, imports)])
    chunk.users = chunk.users.map((isUser, user) => isUser || users[user] === true);
  one.ids.push(...other.ids);
  one.size += other.size;
  chunks.splice(chunks.indexOf(other), 1);
  return true;
}

/** What each user would load more with a chunk that it doesn't load yet: the chunk, and what this imports. */
interface Addition {
  sizes: number[];
  files: number[];
}

function additionOf(chunk: Chunk, imports: Imports): Addition {
  const sizes = chunk.users.map(() => 0);
  const files = chunk.users.map(() => 0);
  for (const { size, users } of [chunk, ...reachedFrom(chunk, imports)])
    for (let user = 0; user < users.length; user += 1) {
      if (users[user]) continue;
      sizes[user] = (sizes[user] ?? 0) + size;
      files[user] = (files[user] ?? 0) + 1;
    }
  return { sizes, files };
}

type Imports = ReadonlyMap<Chunk, ReadonlySet<Chunk>>;

function importsOf(chunks: readonly Chunk[], modules: Modules): Imports {
  const chunkOf = new Map(chunks.flatMap((chunk) => chunk.ids.map((id) => [id, chunk] as const)));
  return new Map(
    chunks.map((chunk) => {
      const imported = chunk.ids
        .flatMap((id) => modules.get(id)?.imports ?? [])
        .flatMap((id) => chunkOf.get(id) ?? []);
      return [chunk, new Set(imported.filter((found) => found !== chunk))];
    }),
  );
}

function reachedFrom(chunk: Chunk, imports: Imports, except?: Chunk): Set<Chunk> {
  const found = new Set<Chunk>();
  const waiting = [...(imports.get(chunk) ?? [])].filter((one) => one !== except);
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (found.has(one)) continue;
    found.add(one);
    waiting.push(...(imports.get(one) ?? []));
  }
  return found;
}

/** Whether `from` imports `to` by way of a third chunk, which both together would then import, and be imported by. */
const leadsThrough = (from: Chunk, to: Chunk, imports: Imports): boolean =>
  reachedFrom(from, imports, to).has(to);
