import type { ComponentType } from 'react';
import { NotLoaded } from './not-loaded.tsx';

/**
 * Loads a screen for the router, which shows nothing at all if a route's `lazy` fails. Retrying would be no use: until
 * a reload, browsers repeat a failed import's failure.
 */
export async function loadScreen(load: () => Promise<ComponentType>): Promise<{ Component: ComponentType }> {
  return { Component: await load().catch(() => NotLoaded) };
}
