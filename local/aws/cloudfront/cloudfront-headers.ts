import type { EdgeRequest } from './messages.ts';

/** Headers about the viewer that CloudFront adds when a policy names them; those about place or device aren't made up. */
export function cloudFrontHeaders(
  request: Pick<EdgeRequest, 'viewerAddress' | 'viewerPort'>,
): Map<string, string> {
  return new Map([
    ['cloudfront-forwarded-proto', 'http'],
    ['cloudfront-viewer-address', `${request.viewerAddress}:${request.viewerPort}`],
  ]);
}

const supported = new Set(cloudFrontHeaders({ viewerAddress: '', viewerPort: 0 }).keys());

/** @param name lower-case */
export const isUnsupportedCloudFrontHeader = (name: string): boolean =>
  name.startsWith('cloudfront-') && !supported.has(name);
