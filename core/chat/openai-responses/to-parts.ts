import type { ResponseItem } from '../../contract/chat/response-request.ts';
import type { CachePoint, DocumentPart, ImagePart, TextPart } from '../chat.ts';
import { toCachePoint } from '../openai/to-neutral-fields.ts';
import { dataUrlImage, fileDocument } from '../request/inline-data.ts';

type Content = Extract<ResponseItem, { role: unknown }>['content'];
type ContentPart = Exclude<Content, string>[number];
type Plain = TextPart | ImagePart | DocumentPart;

/** @param path of the content, for refusals */
export function toParts(content: Content, path: string): (Plain | CachePoint)[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return content.flatMap((part, at): (Plain | CachePoint)[] => {
    const breakpoint = 'prompt_cache_breakpoint' in part ? part.prompt_cache_breakpoint : undefined;
    return [toPlain(part, `${path}.${at}`), ...toCachePoint(breakpoint)];
  });
}

function toPlain(part: ContentPart, path: string): Plain {
  switch (part.type) {
    case 'input_image':
      return dataUrlImage(part.image_url, `${path}.image_url`);
    case 'input_file':
      return fileDocument(part.file_data, part.filename, `${path}.file_data`);
    case 'refusal':
      return { type: 'text', text: part.refusal };
    default:
      return { type: 'text', text: part.text };
  }
}
