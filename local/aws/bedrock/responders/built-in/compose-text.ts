import { documentText } from '../../answer/document-text.ts';
import { imageSize } from '../../answer/image-size.ts';
import {
  type ContentBlock,
  type DocumentBlock,
  type ImageBlock,
  type ToolResultBlock,
  type ToolResultPart,
  textOf,
} from '../../request/content.ts';
import type { ConverseRequest } from '../../request/converse-request.ts';
import { toolsOf } from '../../request/parse-tools.ts';

export function composeText(request: ConverseRequest): string {
  const { messages, modelId, system } = request;
  const content = messages.at(-1)?.content ?? [];
  const message = content
    .flatMap((block) => textOf(block) ?? [])
    .join('\n')
    .trim();
  const results = content.filter((block) => block.kind === 'toolResult');
  const tools = toolsOf(request.toolConfig).map(({ name }) => `\`${name}\``);
  return [
    `**Daypass local stand-in** · no model is behind this answer; \`${modelId}\` was asked for.`,
    '',
    ...results.flatMap((result) => toolLines(result, request)),
    ...(message === '' && results.length > 0 ? [] : messageLines(message)),
    '- It arrived whole, through the same gateway, function and stream as on AWS ✓',
    ...content.flatMap(describeMedia).map((line) => `- ${line}`),
    ...(message === '' ? [] : [`- Its longest word is “${clip(longestWord(message), 40)}”.`]),
    ...(tools.length === 0
      ? []
      : [`- ${plural(tools.length, 'tool')} to call: ${tools.join(', ')}. Ask me to use one by its name.`]),
    `- The conversation so far: ${plural(messages.length, 'message')}, ${system.length > 0 ? 'with' : 'without'} a system prompt.`,
    '- Characters of two, three and four bytes travel safely: é, ñ, €, 日本語, 🚀',
    '',
    'For real answers set `DAYPASS_MODEL_URL` to any OpenAI-compatible server, or `DAYPASS_BEDROCK=aws`.',
  ].join('\n');
}

const countCharacters = (text: string): number =>
  text.length - (text.match(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g) ?? []).length;

const messageLines = (message: string): string[] => [
  `The last message has ${plural(message.split(/\s+/).length, 'word')} and ${plural(countCharacters(message), 'character')}:`,
  '',
  ...quote(message),
  '',
];

function toolLines(result: ToolResultBlock, { messages }: ConverseRequest): string[] {
  const call = messages
    .flatMap(({ content }) => content)
    .find((block) => block.kind === 'toolUse' && block.toolUseId === result.toolUseId);
  const name = call?.kind === 'toolUse' ? call.name : 'unknown';
  const texts = result.content.flatMap((part) => {
    if (part.kind === 'json') return [JSON.stringify(part.json ?? null)];
    return part.kind === 'text' ? [part.text] : describeMedia(part);
  });
  const verb = result.status === 'error' ? 'failed' : 'answered';
  return [`The tool \`${name}\` ${verb}:`, '', ...quote(texts.join('\n')), ''];
}

const longestWord = (message: string): string =>
  message.split(/\s+/).reduce((best, word) => (word.length > best.length ? word : best), '');

/** What is known of an image or a document without a model, in one line. */
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

const quoteLimit = 240;

export const quote = (message: string): string[] =>
  clip(message.toWellFormed(), quoteLimit)
    .split(/\r\n|\r|\n/)
    .map((line) => `> ${line}`.trimEnd());

export function clip(text: string, limit: number): string {
  // A character has two code units at most: of a megabyte only the head is looked at.
  const characters = [...text.slice(0, 2 * limit + 2)];
  return characters.length <= limit ? text : `${characters.slice(0, limit).join('')}…`;
}

export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
