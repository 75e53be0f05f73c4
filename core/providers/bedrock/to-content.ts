import type { CatalogModel } from '../../catalog.ts';
import type {
  CachePoint,
  ChatPart,
  ChatTurn,
  DocumentPart,
  ImagePart,
  SystemPart,
  TextPart,
  ToolResultPart,
} from '../../chat/chat.ts';
import type {
  CachePointBlock,
  ConverseBlock,
  ConverseDocument,
  ConverseImage,
  ConverseMessage,
  ConverseSystemBlock,
  Json,
} from './converse-shapes.ts';

/**
 * The turns as the model takes them. Reasoning is sent back only to Claude, and only if it is signed. Claude 4.7 and newer
 * take a turn of nothing but reasoning, whose answer was cut short while it thought, for a prefill. A turn that has nothing
 * else to say is left out, and its neighbours are joined.
 */
export function sentTurns(turns: readonly ChatTurn[], model: CatalogModel): ChatTurn[] {
  const sent: ChatTurn[] = [];
  for (const { role, parts } of turns) {
    const kept = parts.filter((part) => staysHere(part, model));
    if (!kept.some((part) => part.type !== 'cache-point' && (takesThoughtAlone(model) || !isThought(part))))
      continue;
    const last = sent.at(-1);
    if (last?.role === role) sent[sent.length - 1] = { role, parts: [...last.parts, ...kept] };
    else sent.push({ role, parts: kept });
  }
  return sent;
}

function takesThoughtAlone({ reasoning }: CatalogModel): boolean {
  return !['adaptive', 'between-tools', 'always'].includes(reasoning);
}

/** Cache points, which only save money, are left out for models without a prompt cache. */
export function toMessages(turns: readonly ChatTurn[], model: CatalogModel): ConverseMessage[] {
  const naming = { documentName: createDocumentNames(), callId: createCallIds() };
  return turns.map(({ role, parts }) => {
    const content: ConverseBlock[] = [];
    let waiting: CachePointBlock[] = [];
    for (const part of parts) {
      if (part.type !== 'cache-point') {
        content.push(toBlock(part, model, naming));
        if (part.type !== 'text') continue;
        content.push(...waiting);
        waiting = [];
      } else if (isPlainDocument(content.at(-1))) waiting = cachePoint(part, model);
      else content.push(...cachePointAfter(content.at(-1), part, model));
    }
    insertBeforeDocuments(content, waiting);
    return { role, content };
  });
}

/** Claude takes no cache point right behind a document that isn't PDF: it goes behind the next text. */
function isPlainDocument(block: ConverseBlock | undefined): boolean {
  return block !== undefined && 'document' in block && block.document.format !== 'pdf';
}

/** Where no text follows: before the documents, if something that can be cached stands there. */
function insertBeforeDocuments(content: ConverseBlock[], points: CachePointBlock[]): void {
  const at = content.findLastIndex((block) => !isPlainDocument(block));
  const before = content[at];
  if (before !== undefined && isCacheable(before)) content.splice(at + 1, 0, ...points);
}

function staysHere(part: ChatPart, { family }: CatalogModel): boolean {
  // Without a signature it is another model's.
  const isProven = part.type !== 'reasoning' || (part.signature ?? '') !== '';
  return !isThought(part) || (family === 'claude' && isProven);
}

function isThought({ type }: ChatPart): boolean {
  return type === 'reasoning' || type === 'redacted-reasoning';
}

/** A cache point follows what is cached; reasoning can't be. */
function cachePointAfter(
  block: ConverseBlock | undefined,
  point: CachePoint,
  model: CatalogModel,
): CachePointBlock[] {
  return block !== undefined && isCacheable(block) ? cachePoint(point, model) : [];
}

function isCacheable(block: ConverseBlock): boolean {
  return !('reasoningContent' in block) && !('cachePoint' in block);
}

export function toSystem(system: readonly SystemPart[], model: CatalogModel): ConverseSystemBlock[] {
  return system.flatMap((part): ConverseSystemBlock[] =>
    part.type === 'text' ? [{ text: part.text }] : cachePoint(part, model),
  );
}

/** Only Claude caches for longer than five minutes (Bedrock user guide, prompt caching). */
export function cachePoint(
  { lifetime }: Pick<CachePoint, 'lifetime'>,
  { accepts, family }: CatalogModel,
): CachePointBlock[] {
  if (!accepts.includes('cache-points')) return [];
  const ttl = family === 'claude' ? lifetime : undefined;
  return [{ cachePoint: { type: 'default', ...(ttl !== undefined && { ttl }) } }];
}

interface Naming {
  documentName(name: string): string;
  callId(id: string): string;
}

function toBlock(part: Exclude<ChatPart, CachePoint>, model: CatalogModel, naming: Naming): ConverseBlock {
  switch (part.type) {
    case 'tool-call':
      return {
        toolUse: { toolUseId: naming.callId(part.id), name: part.name, input: part.input as Json },
      };
    case 'tool-result':
      return { toolResult: toToolResult(part, model, naming) };
    case 'reasoning': {
      const { text, signature } = part;
      return { reasoningContent: { reasoningText: { text, ...(signature !== undefined && { signature }) } } };
    }
    case 'redacted-reasoning':
      return { reasoningContent: { redactedContent: part.bytes } };
    default:
      return toPlainBlock(part, naming);
  }
}

/** Only Claude and Nova take a tool's status (API reference, `ToolResultBlock`). */
function toToolResult({ id, failed, parts }: ToolResultPart, { family }: CatalogModel, naming: Naming) {
  const content = parts.map((inner) => toPlainBlock(inner, naming));
  const takesStatus = family === 'claude' || family === 'nova';
  return {
    toolUseId: naming.callId(id),
    // A failure must say something.
    content: failed && content.length === 0 ? [{ text: 'error' }] : content,
    ...(takesStatus && { status: failed ? ('error' as const) : ('success' as const) }),
  };
}

function toPlainBlock(
  part: TextPart | ImagePart | DocumentPart,
  { documentName }: Naming,
): { text: string } | ConverseImage | ConverseDocument {
  if (part.type === 'text') return { text: part.text };
  const source = { bytes: part.bytes };
  return part.type === 'image'
    ? { image: { format: part.format, source } }
    : { document: { format: part.format, name: documentName(part.name), source } };
}

/**
 * Call ids as Bedrock and Claude take them: at most 64 letters, digits, hyphens and underscores. Others are replaced,
 * by the same id for a call and its result.
 */
function createCallIds(): Naming['callId'] {
  const made = new Map<string, string>();
  return (id) => {
    if (/^[a-zA-Z0-9_-]{1,64}$/.test(id)) return id;
    const known = made.get(id);
    if (known !== undefined) return known;
    const fit = `${id.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 50)}_call_${made.size}`;
    made.set(id, fit);
    return fit;
  };
}

/**
 * Document names as Bedrock takes them: at most 200 letters, digits, single spaces, hyphens and brackets, and none twice
 * (API reference, `DocumentBlock`; whether its case counts is not documented). The extension is dropped, since the format says it.
 */
function createDocumentNames(): Naming['documentName'] {
  const used = new Set<string>();
  return (name) => {
    const plain = name
      .replace(/\.[A-Za-z]{2,4}$/, '')
      .replace(/[^A-Za-z0-9()[\]-]+/g, ' ')
      .trim()
      .slice(0, 190)
      .trim();
    const base = plain === '' ? 'document' : plain;
    let unique = base;
    for (let count = 2; used.has(unique.toLowerCase()); count++) unique = `${base} ${count}`;
    used.add(unique.toLowerCase());
    return unique;
  };
}
