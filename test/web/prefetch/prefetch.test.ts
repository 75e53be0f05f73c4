import { createPrefetch } from '../../../web/shell/prefetch/prefetch.ts';

const files: Record<string, string[]> = {
  '/keys': ['/start.js', '/shell.js', '/keys.js'],
  '/usage': ['/shell.js', '/usage.js'],
};

/** A browser whose idle moments and answers the test gives. */
function browser(connection?: { saveData?: boolean; effectiveType?: string }) {
  const asked: string[] = [];
  const waiting: (() => void)[] = [];
  const state = { online: true, busy: false, failing: false, firsts: 0 };
  const prefetch = createPrefetch({
    filesOf: (path) => files[path] ?? [],
    isThere: (file) => file === '/start.js',
    async fetchFile(file, priority) {
      asked.push(`${priority} ${file}`);
      if (state.failing) throw new TypeError('no answer');
    },
    isOnline: () => state.online,
    connection: () => connection,
    whenIdle: (work) => waiting.push(work),
  });
  /** So many idle moments, each with time for an answer. */
  const idle = async (times: number) => {
    for (let time = 0; time < times; time += 1) {
      waiting.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const rest = () =>
    prefetch.atRest({
      paths: ['/keys', '/usage'],
      isBusy: () => state.busy,
      first: () => {
        state.firsts += 1;
      },
    });
  return { asked, state, idle, rest, now: prefetch.now };
}

test('files come one after another, each once, after what the screen itself loads later', async () => {
  const { asked, state, idle, rest } = browser();
  rest();
  await idle(1);
  expect({ asked: [...asked], firsts: state.firsts }).toEqual({ asked: [], firsts: 1 });
  await idle(1);
  expect(asked).toEqual(['low /shell.js']);
  await idle(9);
  expect(asked).toEqual(['low /shell.js', 'low /keys.js', 'low /usage.js']);
});

test('nothing is asked for before the screen has its data', async () => {
  const { asked, state, idle, rest } = browser();
  state.busy = true;
  rest();
  await idle(5);
  expect({ asked: [...asked], firsts: state.firsts }).toEqual({ asked: [], firsts: 0 });
  state.busy = false;
  await idle(9);
  expect(asked).toHaveLength(3);
});

test.each([{ saveData: true }, { effectiveType: 'slow-2g' }, { effectiveType: '3g' }])(
  'nothing is fetched ahead where it costs too much: %p',
  async (connection) => {
    const { asked, state, idle, rest } = browser(connection);
    rest();
    await idle(9);
    expect({ asked, firsts: state.firsts }).toEqual({ asked: [], firsts: 0 });
  },
);

test('a link in use is fetched at once, on a slow connection too, unless data is to be saved or there is none', () => {
  const slow = browser({ effectiveType: '2g' });
  slow.now('/usage');
  slow.now('/usage');
  expect(slow.asked).toEqual(['high /shell.js', 'high /usage.js']);
  const thrifty = browser({ saveData: true });
  thrifty.now('/usage');
  const offline = browser();
  offline.state.online = false;
  offline.now('/usage');
  expect([...thrifty.asked, ...offline.asked]).toEqual([]);
});

test('a file that could not be fetched ends it, and may be asked for again', async () => {
  const { asked, state, idle, rest, now } = browser();
  state.failing = true;
  rest();
  await idle(9);
  expect(asked).toEqual(['low /shell.js']);
  state.failing = false;
  now('/keys');
  expect(asked.slice(1)).toEqual(['high /shell.js', 'high /keys.js']);
});

test('who leaves ends it', async () => {
  const { asked, idle, rest } = browser();
  const end = rest();
  await idle(2);
  end();
  await idle(9);
  expect(asked).toHaveLength(1);
});
