/** Where rotated values are metered. That never changes, so it may be remembered as long as the function lives. */
const aliases = new Map<string, string>();
const mostRemembered = 10_000;

/**
 * Does something at the metering item of a key's value: its own, or the one that the key's first value has. Where that is
 * has to be learned once.
 * @param work returns the id to go to instead, where the item only names another
 * @param lost what comes of an item that names one which names another
 */
export async function atMeter<Result>(
  apiKeyId: string,
  lost: Result,
  work: (meterId: string) => Promise<Result | string>,
): Promise<Result> {
  const first = await work(aliases.get(apiKeyId) ?? apiKeyId);
  if (typeof first !== 'string') return first;
  if (aliases.size >= mostRemembered) aliases.clear();
  aliases.set(apiKeyId, first);
  const second = await work(first);
  return typeof second === 'string' ? lost : second;
}
