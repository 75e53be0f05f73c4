import type { Page } from 'playwright-core';

export interface Conditions {
  latencyMs: number;
  bytesPerSecond: number;
  /** How many times slower than this machine. */
  processor: number;
}

/** Lighthouse's figures for a phone of the middle class on a slow mobile network. */
export const slowPhone: Conditions = { latencyMs: 150, bytesPerSecond: 204_800, processor: 4 };

/** Everything the page loads from here on, streams too, comes at this pace. */
export async function slowDown(page: Page, conditions: Conditions): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: conditions.latencyMs,
    downloadThroughput: conditions.bytesPerSecond,
    uploadThroughput: conditions.bytesPerSecond,
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: conditions.processor });
}
