import type { ConsolePage, PageOptions } from './console-page.ts';

/**
 * Visitors one after another in the same context: to make one, and to fetch and compile the console's scripts in it, costs
 * more than most visits.
 */
export interface Revisits {
  /** A visitor without cookies or storage. */
  open(options: PageOptions): Promise<ConsolePage>;
  has(visitor: ConsolePage): boolean;
  /** Ends the visit. */
  leave(visitor: ConsolePage, origin: string): Promise<void>;
  close(): Promise<void>;
}

/** Each context that waits for its next visitor holds a process of some 100 MB. */
const mostFree = 4;

export function revisits(openFirst: (options: PageOptions) => Promise<ConsolePage>): Revisits {
  /** The one that was left last comes last. */
  const free: { key: string; visitor: ConsolePage }[] = [];
  const busy = new Map<ConsolePage, PageOptions>();
  return {
    async open(options) {
      const key = JSON.stringify(options);
      const at = free.findLastIndex((one) => one.key === key);
      const [kept] = at === -1 ? [] : free.splice(at, 1);
      const visitor = kept?.visitor ?? withoutMarks(await openFirst(options));
      busy.set(visitor, options);
      return visitor;
    },
    has: (visitor) => busy.has(visitor),
    async leave(visitor, origin) {
      const options = busy.get(visitor);
      if (options === undefined) throw new Error('no visitor of these');
      busy.delete(visitor);
      try {
        free.push({ key: JSON.stringify(options), visitor: await cleared(visitor, origin) });
      } catch (error) {
        await visitor.context.close();
        throw error;
      }
      if (free.length > mostFree) await free.shift()?.visitor.context.close();
    },
    async close() {
      const left = [...free.splice(0).map(({ visitor }) => visitor), ...busy.keys()];
      busy.clear();
      await Promise.all(left.map(({ context }) => context.close()));
    },
  };
}

/** Refuses what the next visitor would find: routes, scripts of the context and a clock. */
function withoutMarks(visitor: ConsolePage): ConsolePage {
  const refuse = () => {
    throw new Error('this context serves others, too: open one by openAlone');
  };
  const { context } = visitor;
  Object.assign(context, { route: refuse, addInitScript: refuse });
  Object.assign(context.clock, { install: refuse, setFixedTime: refuse, setSystemTime: refuse });
  return visitor;
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
