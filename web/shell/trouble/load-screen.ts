import type { ComponentType } from 'react';
import { NotLoaded } from './not-loaded.tsx';

/**
 * Loads a screen for the router, which shows nothing at all where a route's `lazy` fails. A script that didn't come is
 * not asked for again: until a reload, browsers answer such an import with the failure they remember.
 */
export async function loadScreen(load: () => Promise<ComponentType>): Promise<{ Component: ComponentType }> {
  return { Component: await load().catch(() => NotLoaded) };
}
