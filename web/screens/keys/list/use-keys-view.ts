import { useEffect } from 'react';
import { isLive, liveFirst } from '../../../keys/key.ts';
import { useAddress } from '../../../shell/use-address.ts';
import { filterKeys, type KeyFilters, manyEnded } from './filter-keys.ts';
import { useKeyList } from './use-key-list.ts';

export type KeysView = ReturnType<typeof useKeysView>;

/** What is filtered is all there; whoever has more keys is asked whether to go on. */
const mostPages = 4;

/** The filters in the address, and the keys that match them, live ones first. */
export function useKeysView() {
  const list = useKeyList();
  const { values, isFiltered, choose } = useAddress(['search', 'plan', 'status', 'ended']);
  const keys = liveFirst(list.data?.pages.flatMap(({ data }) => data) ?? []);
  const isHiding =
    values.ended === undefined
      ? keys.filter((key) => !isLive(key)).length >= manyEnded
      : values.ended === 'hidden';
  const filters: KeyFilters = { ...values, ended: isHiding ? 'hidden' : 'shown' };
  const shown = filterKeys(keys, filters);
  const { hasNextPage, isFetching, isError, fetchNextPage } = list;
  const isNarrow = [values.search, values.plan, values.status].some((value) => value !== undefined);
  const isSearching =
    (isNarrow || isHiding) && hasNextPage && !isError && (list.data?.pages.length ?? 0) < mostPages;
  useEffect(() => {
    if (isSearching && !isFetching) void fetchNextPage();
  }, [isSearching, isFetching, fetchNextPage]);
  return { list, keys, shown, filters, isFiltered, isSearching, choose };
}
