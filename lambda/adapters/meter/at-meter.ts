/** Metering item by secret, for rotated secrets. It never changes, so it may be kept as long as the function lives. */
const meterIds = new Map<string, string>();
const mostRemembered = 10_000;

/**
 * Works on the metering item of a secret: an item of its own, or, for a rotated secret, that of the key's first secret,
 * which the item only names and a function has to look up once.
 * @param lost the result if the named item again names another
 * @param work returns the id of another item if its item only names that
 */
export async function atMeter<Result>(
  apiKeyId: string,
  lost: Result,
  work: (meterId: string) => Promise<Result | string>,
): Promise<Result> {
  const first = await work(meterIds.get(apiKeyId) ?? apiKeyId);
  if (typeof first !== 'string') return first;
  if (meterIds.size >= mostRemembered) meterIds.clear();
  meterIds.set(apiKeyId, first);
  const second = await work(first);
  return typeof second === 'string' ? lost : second;
}
