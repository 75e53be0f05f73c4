import type { ConsolePage, PageOptions } from './console-page.ts';

/**
 * Visitors one after another in the same context: to make one, and to fetch and compile the console's scripts in it, costs
 * more than most visits.
 */
export interface Revisits {
  /** A visitor without cookies or storage. */
  open(options: PageOptions): Promise<ConsolePage>;
  has(visitor: ConsolePage): boolean;
  /** Ends the visit. What it changed of its context but the connection stays: its clock. */
  leave(visitor: ConsolePage, origin: string): Promise<void>;
  close(): Promise<void>;
}

export function revisits(openFirst: (options: PageOptions) => Promise<ConsolePage>): Revisits {
  const free = new Map<string, ConsolePage>();
  const busy = new Map<ConsolePage, PageOptions>();
  return {
    async open(options) {
      const key = JSON.stringify(options);
      const visitor = free.get(key) ?? (await openFirst(options));
      free.delete(key);
      busy.set(visitor, options);
      return visitor;
    },
    has: (visitor) => busy.has(visitor),
    async leave(visitor, origin) {
      const options = busy.get(visitor);
      if (options === undefined) throw new Error('no visitor of these');
      busy.delete(visitor);
      try {
        free.set(JSON.stringify(options), await cleared(visitor, origin));
      } catch (error) {
        await visitor.context.close();
        throw error;
      }
    },
    async close() {
      await Promise.all([...free.values(), ...busy.keys()].map(({ context }) => context.close()));
    },
  };
}

/** With a page of its own in the same process, which has the console's scripts compiled. */
async function cleared(visitor: ConsolePage, origin: string): Promise<ConsolePage> {
  const { context } = visitor;
  const left = context.pages();
  const page = await context.newPage();
  // A page may ask whether to leave it, but is not asked when it is closed.
  await Promise.all(left.map((former) => former.close()));
  await visitor.goOnline();
  await context.clearCookies();
  const protocol = await context.newCDPSession(page);
  await protocol.send('Storage.clearDataForOrigin', {
    origin,
    storageTypes: 'local_storage,indexeddb,cache_storage',
  });
  await protocol.detach();
  visitor.forget();
  return { ...visitor, page };
}
