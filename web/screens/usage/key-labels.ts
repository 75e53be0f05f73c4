import type { UsageRow } from './usage-row.ts';

const toldCharacters = 4;
/** The API has no name for it: its record is gone. */
const ended = 'Ended key';

/** What each key is called, by its id, in the order of the names; names that two keys share tell their ids too. */
export function keyLabels(rows: readonly Pick<UsageRow, 'keyId' | 'keyName'>[]): ReadonlyMap<string, string> {
  const names = new Map(rows.map(({ keyId, keyName }) => [keyId, keyName ?? ended]));
  const counts = Map.groupBy(names.values(), (name) => name);
  const labels = [...names].map(([id, name]): [string, string] => {
    const isShared = name === ended || (counts.get(name)?.length ?? 0) > 1;
    return [id, isShared ? `${name} (…${id.slice(-toldCharacters)})` : name];
  });
  return new Map(labels.sort(([, one], [, other]) => one.localeCompare(other, 'en')));
}
