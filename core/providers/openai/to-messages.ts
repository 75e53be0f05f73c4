import type { CatalogModel } from '../../catalog.ts';
import type { ChatPart, ChatRequest, DocumentPart, ImagePart, TextPart } from '../../chat/chat.ts';
import { unsupported } from '../../chat/request/refuse-field.ts';
import { begunAnswer } from '../../chat/request/turns.ts';

type Message = { role: string } & Record<string, unknown>;
type Plain = TextPart | ImagePart | DocumentPart;

/** The conversation as messages. Reasoning and cache points stay out: this API takes back neither. */
export function toMessages(chat: ChatRequest, model: CatalogModel): Message[] {
  const { system, turns, fieldNames } = chat;
  if (begunAnswer(turns) && !model.accepts.includes('prefill')) {
    throw unsupported(
      fieldNames.messages,
      `'${model.name}' can't go on with an answer that has begun: ${fieldNames.messages} must end with the user.`,
    );
  }
  const content = (parts: readonly Plain[]) => toContent(parts, model, fieldNames.messages);
  const told = system.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  return [
    ...(told.length > 0 ? [{ role: 'system', content: told.join('\n\n') }] : []),
    ...turns.flatMap(({ role, parts }): Message[] =>
      role === 'user' ? userMessages(parts, content) : assistantMessages(parts),
    ),
  ];
}

type Content = ReturnType<typeof toContent>;

/** Results are messages of their own, of text alone; what else they hold follows as the user's. */
function userMessages(parts: readonly ChatPart[], content: (parts: readonly Plain[]) => Content) {
  const results = parts.filter((part) => part.type === 'tool-result');
  const said = parts.filter(isPlain);
  const shown = results.flatMap((result) => result.parts.filter(({ type }) => type !== 'text'));
  const own = content([...shown, ...said]);
  return [
    ...results.map(({ id, parts: inner, failed }) => {
      const text = inner
        .map((part) => (part.type === 'text' ? part.text : ''))
        .join('\n')
        .trim();
      return { role: 'tool', tool_call_id: id, content: text === '' && failed ? 'error' : text };
    }),
    ...(own.length > 0 ? [{ role: 'user', content: own }] : []),
  ];
}

function assistantMessages(parts: readonly ChatPart[]) {
  const text = parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
  const calls = parts.flatMap((part) =>
    part.type === 'tool-call'
      ? [
          {
            id: part.id,
            type: 'function',
            function: { name: part.name, arguments: JSON.stringify(part.input ?? {}) },
          },
        ]
      : [],
  );
  if (text === '' && calls.length === 0) return [];
  return [
    {
      role: 'assistant',
      content: text === '' ? null : text,
      ...(calls.length > 0 && { tool_calls: calls }),
    },
  ];
}

function isPlain(part: ChatPart): part is Plain {
  return part.type === 'text' || part.type === 'image' || part.type === 'document';
}

/** One text stays a string, which every server takes. */
function toContent(parts: readonly Plain[], model: CatalogModel, field: string) {
  const [first] = parts;
  if (parts.length === 1 && first?.type === 'text') return first.text;
  return parts.map((part) => toContentPart(part, model, field));
}

const textFormats = new Set<DocumentPart['format']>(['txt', 'md', 'csv', 'html']);

function toContentPart(part: Plain, { name, accepts }: CatalogModel, field: string) {
  if (part.type === 'text') return { type: 'text', text: part.text };
  if (part.type === 'document' && textFormats.has(part.format)) {
    return { type: 'text', text: `${part.name}\n${Buffer.from(part.bytes).toString('utf8')}` };
  }
  const input = part.type === 'image' ? 'images' : 'documents';
  if (!accepts.includes(input)) {
    throw unsupported(field, `'${name}' takes no ${input}. Choose another model.`);
  }
  const data = Buffer.from(part.bytes).toString('base64');
  if (part.type === 'image') {
    return { type: 'image_url', image_url: { url: `data:image/${part.format};base64,${data}` } };
  }
  if (part.format !== 'pdf') {
    throw unsupported(field, `'${name}' takes no documents of type ${part.format}. Send it as PDF or text.`);
  }
  const filename = part.name.trim() === '' ? 'document.pdf' : part.name;
  return { type: 'file', file: { filename, file_data: `data:application/pdf;base64,${data}` } };
}
