export interface PrefetchDeps {
  /** The files of an address. */
  filesOf: (path: string) => readonly string[];
  /** Whether the page has loaded it already, or is about to. */
  isThere: (file: string) => boolean;
  /** Has the browser keep a file for when it is needed. */
  fetchFile: (file: string, priority: 'low' | 'high') => Promise<unknown>;
  isOnline: () => boolean;
  /** What the browser tells of it, if it does. */
  connection: () => { saveData?: boolean; effectiveType?: string } | undefined;
  /** Runs the work when the browser has nothing else to do. */
  whenIdle: (work: () => void) => void;
}

export interface Rest {
  paths: readonly string[];
  /** Whether the screen is still waiting for its own data. */
  isBusy: () => boolean;
  /** What else is to be loaded then, before the files. */
  first: () => void;
}

/**
 * Fetches the files of other screens ahead, so that they open at once, and offline too. It only fills the browser's cache:
 * a failed import would be repeated until a reload, a failed fetch changes nothing.
 */
export function createPrefetch(deps: PrefetchDeps) {
  const { filesOf, isThere, fetchFile, isOnline, connection, whenIdle } = deps;
  const asked = new Set<string>();

  const mayAsk = () => isOnline() && connection()?.saveData !== true;
  const isSlow = () => /2g|3g/.test(connection()?.effectiveType ?? '');

  /** @returns whether it has come */
  async function fetchOnce(file: string, priority: 'low' | 'high'): Promise<boolean> {
    asked.add(file);
    try {
      await fetchFile(file, priority);
      return true;
    } catch {
      asked.delete(file);
      return false;
    }
  }

  const missing = (path: string) => filesOf(path).filter((file) => !asked.has(file) && !isThere(file));

  return {
    /** For a link that somebody is about to follow. */
    now(path: string): void {
      if (mayAsk()) for (const file of missing(path)) void fetchOnce(file, 'high');
    },
    /**
     * File after file, each when the screen has its data and the browser nothing to do.
     * @returns a function that ends it
     */
    atRest({ paths, isBusy, first }: Rest): () => void {
      let hasEnded = false;
      const next = () => {
        const file = paths.flatMap(missing)[0];
        if (file === undefined || !mayAsk() || isSlow()) return;
        void fetchOnce(file, 'low').then((hasCome) => hasCome && whenAtRest(next));
      };
      const whenAtRest = (work: () => void) =>
        whenIdle(() => {
          if (hasEnded) return;
          if (isBusy()) whenAtRest(work);
          else work();
        });
      whenAtRest(() => {
        if (!mayAsk() || isSlow()) return;
        first();
        whenAtRest(next);
      });
      return () => {
        hasEnded = true;
      };
    },
  };
}
