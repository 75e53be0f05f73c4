import type { Pause, ReconcilePorts } from './ports.ts';

/** A pause that lasts longer was probably forgotten, and raises the alarm of what needs an operator. */
const longMs = 86_400_000;

export async function isPaused({ pauses, clock, onPaused }: ReconcilePorts): Promise<Pause | undefined> {
  const pause = await pauses.read();
  if (pause !== undefined) onPaused(pause, clock.now() - pause.since >= longMs);
  return pause;
}
