import type { DocumentBlock, ImageBlock } from '../request/content.ts';
import { documentText } from './document-text.ts';
import { imageSize } from './image-size.ts';
import { countTokens } from './split-tokens.ts';

/**
 * A rule of thumb: an image counts a token for 750 pixels, as Claude's guide estimates it, a document its text,
 * and a document whose text can't be read here a token for 16 bytes.
 */
export function countMediaTokens(block: ImageBlock | DocumentBlock): number {
  if (block.kind === 'image') {
    const size = block.bytes && imageSize(block.bytes);
    return size === undefined ? 258 : Math.max(1, Math.ceil((size.width * size.height) / 750));
  }
  const text = documentText(block);
  return text === undefined ? Math.ceil((block.bytes?.length ?? 0) / 16) : countTokens(text);
}
