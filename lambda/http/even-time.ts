/**
 * Longer than Cognito takes as a rule to hash a password and hand over a mail, which it does for some addresses only.
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
 * Answers after whole seconds: how long the work took must not tell whether an address has an account. Refusals come
 * at once, since each says the same of every address.
 */
export async function inEvenTime<T>(work: () => Promise<T>, timer: Timer = systemTimer): Promise<T> {
  const startedAt = timer.now();
  const answer = await work();
  await timer.wait(stepMs - ((timer.now() - startedAt) % stepMs));
  return answer;
}
