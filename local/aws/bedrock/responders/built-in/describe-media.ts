import { documentText } from '../../answer/document-text.ts';
import { imageSize } from '../../answer/image-size.ts';
import type { ContentBlock, DocumentBlock, ImageBlock, ToolResultPart } from '../../request/content.ts';
import { clip, plural } from './clip.ts';

/** What can be seen of an image or a document without a model: at most one line. */
export function describeMedia(block: ContentBlock | ToolResultPart): string[] {
  if (block.kind === 'image') return [describeImage(block)];
  if (block.kind === 'document') return [describeDocument(block)];
  return block.kind === 'guardContent' && 'image' in block ? [describeImage(block.image)] : [];
}

function describeImage({ bytes, format }: ImageBlock): string {
  if (bytes === undefined) return `An image (${format}) in S3, which is not read here.`;
  const size = imageSize(bytes);
  const pixels = size === undefined ? 'of unknown size' : `of ${size.width} × ${size.height} pixels`;
  return `An image (${format}) ${pixels}, ${plural(bytes.length, 'byte')}.`;
}

function describeDocument(block: DocumentBlock): string {
  const what = `The document “${block.name}” (${block.format})`;
  const text = documentText(block)?.trim();
  if (text === undefined) return `${what}, ${plural(block.bytes?.length ?? 0, 'byte')}.`;
  const words = text === '' ? 0 : text.split(/\s+/).length;
  const first = text.split(/[\r\n]/, 1)[0] ?? '';
  return `${what}, ${plural(words, 'word')}; it begins “${clip(first, 60)}”.`;
}
