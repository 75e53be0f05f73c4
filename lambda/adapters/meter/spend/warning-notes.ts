import type { SpendWarning, WarningNotes } from '../../../../core/metering/ports.ts';
import { type HotTable, itemKeys } from '../../table.ts';

/** Sorts by the end of the window. */
export function warningId({ of, userId, keyId, window, resetsAt, step }: SpendWarning): string {
  return [new Date(resetsAt).toISOString(), of, of === 'key' ? keyId : userId, window, step].join('#');
}

const mostRemembered = 10_000;

/**
 * One write when a limit reaches a step, and one by each further function that sees it there: a function remembers what it
 * has noted. The same note twice is one item.
 */
export function createWarningNotes(table: HotTable, onFailure: (error: unknown) => void): WarningNotes {
  const noted = new Set<string>();
  return {
    async add(warning) {
      const id = warningId(warning);
      if (noted.has(id)) return;
      if (noted.size >= mostRemembered) noted.clear();
      noted.add(id);
      const fields = { ...warning, ttl: Math.ceil(warning.resetsAt / 1000) };
      const names = Object.keys(fields);
      const note = {
        TableName: table.name,
        Key: itemKeys.dueWarning(id),
        UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(
          Object.entries(fields).map(([name, value]) => [`:${name}`, value]),
        ),
      };
      await table.items.update(note).catch((error: unknown) => {
        noted.delete(id);
        onFailure(error);
      });
    },
  };
}
