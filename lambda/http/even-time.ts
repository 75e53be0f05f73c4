/**
 * Longer than Cognito usually takes to hash a password and send a mail, which it does for some addresses only.
 */
const stepMs = 1000;

interface Timer {
  now(): number;
  wait(milliseconds: number): Promise<void>;
}

const systemTimer: Timer = {
  now: () => performance.now(),
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/**
 * Answers after whole seconds, so that the time doesn't reveal whether an address has an account. Refusals come at once,
 * since each is the same for every address.
 */
export async function inEvenTime<T>(work: () => Promise<T>, timer: Timer = systemTimer): Promise<T> {
  const startedAt = timer.now();
  const answer = await work();
  await timer.wait(stepMs - ((timer.now() - startedAt) % stepMs));
  return answer;
}
