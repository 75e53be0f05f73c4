/** How much of an execution's log Lambda returns with its answer. */
export const logTailBytes = 4096;

interface Execution {
  requestId: string;
  /** What the function printed. */
  said: string;
  tookMilliseconds: number;
  initMilliseconds: number | undefined;
  memoryMegabytes: number;
  usedMegabytes: number | undefined;
}

/** The end of one execution's log, with the lines that Lambda itself writes around it. */
export function logTail(execution: Execution): string {
  const { requestId, said, tookMilliseconds, initMilliseconds, memoryMegabytes, usedMegabytes } = execution;
  const report = [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${tookMilliseconds.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(tookMilliseconds + (initMilliseconds ?? 0))} ms`,
    `Memory Size: ${memoryMegabytes} MB`,
    `Max Memory Used: ${usedMegabytes ?? memoryMegabytes} MB`,
    ...(initMilliseconds === undefined ? [] : [`Init Duration: ${initMilliseconds.toFixed(2)} ms`]),
  ].join('\t');
  const whole = `START RequestId: ${requestId} Version: $LATEST\n${said}END RequestId: ${requestId}\n${report}\t\n`;
  return lastBytes(whole, logTailBytes);
}

/** The end of a text, beginning with a whole character. */
export function lastBytes(text: string, limit: number): string {
  const bytes = Buffer.from(text.slice(-limit), 'utf8');
  let from = Math.max(0, bytes.length - limit);
  while (from > 0 && ((bytes[from] ?? 0) & 0xc0) === 0x80) from += 1;
  return bytes.subarray(from).toString('utf8');
}
