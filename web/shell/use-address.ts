import { useSearchParams } from 'react-router';

/** Filters kept in the address, so that a reload, a link and the way back keep them. */
export function useAddress<Name extends string>(names: readonly Name[]) {
  const [search, setSearch] = useSearchParams();
  const values = Object.fromEntries(names.map((name) => [name, search.get(name) || undefined])) as Record<
    Name,
    string | undefined
  >;
  return {
    values,
    isFiltered: names.some((name) => values[name] !== undefined),
    /** Undefined or empty removes a filter. `aside`: not a step for the back button. */
    choose(next: Partial<Record<Name, string | undefined>>, { aside = false } = {}): void {
      setSearch(
        (earlier) => {
          const chosen = new URLSearchParams(earlier);
          for (const [name, value] of Object.entries<string | undefined>(next)) {
            if (value === undefined || value === '') chosen.delete(name);
            else chosen.set(name, value);
          }
          return chosen;
        },
        { preventScrollReset: true, replace: aside },
      );
    },
    clear: () => setSearch(new URLSearchParams(), { preventScrollReset: true }),
  };
}
