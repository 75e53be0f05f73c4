import { t } from '../../language/t.ts';
import type { UsageRow } from './usage-row.ts';

const idCharacters = 4;

/** Each key's label by its id, in order of name. Keys that share a name get the end of their id too. */
export function keyLabels(rows: readonly Pick<UsageRow, 'keyId' | 'keyName'>[]): ReadonlyMap<string, string> {
  // For keys whose record, and name, are gone.
  const ended = t('Ended key');
  const names = new Map(rows.map(({ keyId, keyName }) => [keyId, keyName ?? ended]));
  const counts = Map.groupBy(names.values(), (name) => name);
  const labels = [...names].map(([id, name]): [string, string] => {
    const isShared = name === ended || (counts.get(name)?.length ?? 0) > 1;
    return [id, isShared ? `${name} (…${id.slice(-idCharacters)})` : name];
  });
  return new Map(labels.sort(([, one], [, other]) => one.localeCompare(other, 'en')));
}
