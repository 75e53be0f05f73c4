import { launchChromium } from './chromium.ts';

/** A program: starts the browser, says the number of its process, and waits to be killed. */
const browser = await launchChromium();
const session = await browser.newBrowserCDPSession();
const { processInfo } = await session.send('SystemInfo.getProcessInfo');
process.stdout.write(`${processInfo.find(({ type }) => type === 'browser')?.id}\n`);
