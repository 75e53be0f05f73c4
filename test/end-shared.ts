const shared = new Set<() => Promise<unknown>>();

/**
 * For what the suites of a process share, and none of them ends. A worker takes it along when it ends; with one worker,
 * suites run in jest's own process, which it would keep alive for ever.
 */
export function endAfterRun(end: () => Promise<unknown>): void {
  shared.add(end);
}

/** Jest's global tear-down. */
export default async function endShared(): Promise<void> {
  await Promise.all([...shared].map((end) => end()));
}
