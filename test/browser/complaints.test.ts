import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { type ConsolePage, openConsole } from './console-page.ts';
import { eventually } from './eventually.ts';

/** Nothing is believed of the other files here unless these complaints are heard. */
let browser: Browser;
let server: Server;
let visitor: ConsolePage;
/** Answers the calls to `/slow`, which do not come by themselves. */
let answerSlow: () => void;

beforeAll(async () => {
  browser = await launchChromium();
  server = createServer((request, response) => {
    if (request.url === '/cut') return void request.socket.destroy();
    if (request.url === '/slow') {
      answerSlow = () => response.end('here');
      return;
    }
    response.writeHead(request.url === '/' ? 200 : 404, {
      'content-type': 'text/html',
      'content-security-policy': "default-src 'self'; img-src * data:",
    });
    response.end('<!doctype html><title>Page</title><link rel="icon" href="data:,"><p id="text"></p>');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});

beforeEach(async () => {
  visitor = await openConsole(browser, `http://localhost:${(server.address() as AddressInfo).port}`);
  await visitor.page.goto('/');
});

afterEach(() => visitor.context.close());

afterAll(async () => {
  await browser.close();
  await new Promise((done) => server.close(done));
});

test('a page that does nothing wrong gives no cause for complaint', async () => {
  await visitor.page.reload();
  expect(visitor.list()).toEqual([]);
});

const misdeeds: [name: string, script: string, complaint: RegExp][] = [
  ['an inline script', 'addScript("1")', /^CSP: script-src-elem blocked inline$/],
  ['an inline style', 'text.innerHTML = "<b style=color:red>x</b>"', /^CSP: style-src-attr blocked inline$/],
  [
    'a request to somebody else',
    'new Image().src = "http://127.0.0.1:9/x.png"',
    /^third party: http:.*9\/x\.png$/,
  ],
  ['an uncaught error', 'setTimeout(() => { throw new Error("lost") })', /^uncaught: Error: lost$/],
  ['a forgotten promise', 'Promise.reject(new Error("lost"))', /^uncaught: Error: lost$/],
  ['a console error', 'console.error("oh no")', /^console error: oh no$/],
  ['a console warning', 'console.warn("hm")', /^console warning: hm$/],
  ['a dialog', 'setTimeout(() => alert("hello"))', /^alert dialog: hello$/],
  ['a script that came in as text', 'scriptRan()', /^a script ran/],
  ['a refused call', 'fetch("/nowhere")', /^failed: GET \/nowhere 404$/],
  [
    'a broken connection',
    'fetch("/cut", {method: "POST"}).catch(() => {})',
    /^failed: POST \/cut no answer$/,
  ],
];

test.each(misdeeds)('%s is complained about', async (_name, script, complaint) => {
  await visitor.page.evaluate(`{ const addScript = (code) => {
    document.body.append(Object.assign(document.createElement('script'), { textContent: code })); };
    const text = document.getElementById('text'); ${script}; undefined }`);
  await eventually(() => expect(visitor.list()).toContainEqual(expect.stringMatching(complaint)));
});

test('tabs that a page opens are watched too', async () => {
  const opened = visitor.context.waitForEvent('page');
  await visitor.page.evaluate(() => void window.open('/'));
  const tab = await opened;
  await tab.waitForLoadState();
  await tab.evaluate(() => console.error('from the tab'));
  await eventually(() => expect(visitor.list()).toEqual(['console error: from the tab']));
});

test('a failure that was announced is no complaint, and its absence is one', async () => {
  visitor.expectFailure('GET /nowhere', 404);
  expect(visitor.list()).toEqual(['did not fail as expected: GET /nowhere 404']);
  await visitor.page.evaluate(() => fetch('/nowhere').then(({ status }) => status));
  await eventually(() => expect(visitor.list()).toEqual([]));
});

test('while a test has cut the connection, a page may look for news, but not send anything unannounced', async () => {
  const { page } = visitor;
  await visitor.goOffline();
  await page.evaluate(() => fetch('/news').catch(() => {}));
  await page.evaluate(() => fetch('/sent', { method: 'POST' }).catch(() => {}));
  await eventually(() => expect(visitor.list()).toEqual(['failed: POST /sent no answer']));
  await visitor.goOnline();
  expect(await page.evaluate(() => fetch('/').then(({ status }) => status))).toBe(200);
});

test('the connection is not cut before everything has come that a page asks for, one after another', async () => {
  const { page } = visitor;
  const reached = page.waitForRequest('**/slow');
  const both = page.evaluate(() => fetch('/slow').then(() => fetch('/').then(({ status }) => status)));
  await reached;
  const gone = visitor.goOffline();
  // Takes far longer than to cut a connection.
  await visitor.context.newPage();
  await eventually(() => answerSlow());
  await gone;
  expect(await both).toBe(200);
  expect(await page.evaluate(() => navigator.onLine)).toBe(false);
});
