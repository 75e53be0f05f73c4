const patienceMs = 20_000;
const pauseMs = 50;

/** Repeats the check until it passes. @throws what it threw last, after a time that says it never will */
export async function eventually(check: () => unknown): Promise<void> {
  const end = Date.now() + patienceMs;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((done) => setTimeout(done, pauseMs));
    }
  }
}
