import type { CacheControl } from '../../contract/chat/common-fields.ts';
import type { CachePoint } from '../chat.ts';

/** Anthropic's cache control, in its own API and where its clients send it in others. */
export function cachePointOf(control: CacheControl): CachePoint[] {
  return control ? [{ type: 'cache-point', lifetime: control.ttl ?? undefined }] : [];
}
