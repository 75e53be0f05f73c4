import { documentText } from '../../answer/document-text.ts';
import { unsupportedHere } from '../../errors.ts';
import type {
  ContentBlock,
  DocumentBlock,
  ImageBlock,
  Message,
  ToolResultBlock,
  ToolResultPart,
} from '../../request/content.ts';

interface ChatMessage {
  role: 'user' | 'assistant' | 'tool';
  content: string | object[] | null;
  tool_calls?: object[];
  tool_call_id?: string;
}

/**
 * One message, or several: each tool result becomes a message of its own, before the rest of the user's. Reasoning of
 * earlier turns is left out, since OpenAI's messages have no field for it.
 */
export function toChatMessages({ content, role }: Message): ChatMessage[] {
  if (role === 'assistant') return [toAssistantMessage(content)];
  const results = content.filter((block) => block.kind === 'toolResult');
  // OpenAI takes only text as a tool's result: images and files follow in a user message.
  const media = results.flatMap((result) => result.content.filter(isMedia));
  const said = [...media, ...content.filter(({ kind }) => kind !== 'toolResult' && kind !== 'cachePoint')];
  return [
    ...results.map(toToolMessage),
    ...(said.length === 0 ? [] : [{ role, content: toUserContent(said) }]),
  ];
}

function toAssistantMessage(content: ContentBlock[]): ChatMessage {
  const texts = content.flatMap((block) => (block.kind === 'text' ? [block.text] : []));
  const calls = content.flatMap((block) =>
    block.kind === 'toolUse'
      ? [
          {
            id: block.toolUseId,
            type: 'function',
            function: { name: block.name, arguments: JSON.stringify(block.input ?? {}) },
          },
        ]
      : [],
  );
  return {
    role: 'assistant',
    content: texts.length === 0 && calls.length > 0 ? null : texts.join('\n'),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  };
}

function toToolMessage({ content, status, toolUseId }: ToolResultBlock): ChatMessage {
  const texts = content.flatMap((part) => {
    if (part.kind === 'text') return [part.text];
    return part.kind === 'json' ? [JSON.stringify(part.json)] : [];
  });
  const text = texts.join('\n');
  return {
    role: 'tool',
    tool_call_id: toolUseId,
    content: status === 'error' ? `Error: ${text}` : text,
  };
}

const isMedia = (part: ToolResultPart): part is ImageBlock | DocumentBlock =>
  part.kind === 'image' || part.kind === 'document';

/** Text alone stays a string: not every server takes parts. */
function toUserContent(blocks: ContentBlock[]): string | object[] {
  const parts = blocks.map(toPart);
  const texts = parts.flatMap((part) => ('text' in part ? [part.text] : []));
  return texts.length === parts.length ? texts.join('\n') : parts;
}

function toPart(block: ContentBlock): { type: 'text'; text: string } | { type: 'image_url' | 'file' } {
  switch (block.kind) {
    case 'text':
      return { type: 'text', text: block.text };
    case 'guardContent':
      return 'text' in block ? { type: 'text', text: block.text } : toImagePart(block.image);
    case 'image':
      return toImagePart(block);
    case 'document':
      return toDocumentPart(block);
    default:
      throw unsupportedHere(`${block.kind} blocks of a user with an OpenAI-compatible server`);
  }
}

function toImagePart({ bytes, format }: ImageBlock) {
  const url = `data:image/${format};base64,${base64(bytes)}`;
  return { type: 'image_url' as const, image_url: { url } };
}

function toDocumentPart(document: DocumentBlock) {
  const text = documentText(document);
  if (text !== undefined) return { type: 'text' as const, text: `${document.name}:\n${text}` };
  if (document.format !== 'pdf') {
    throw unsupportedHere(`documents of the format ${document.format} with an OpenAI-compatible server`);
  }
  const file_data = `data:application/pdf;base64,${base64(document.bytes)}`;
  return { type: 'file' as const, file: { filename: `${document.name}.pdf`, file_data } };
}

function base64(bytes: Uint8Array | undefined): string {
  if (bytes === undefined) throw unsupportedHere('files in S3');
  return Buffer.from(bytes).toString('base64');
}
