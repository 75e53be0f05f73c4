import { bedrockError, invalid, refusedByModel } from '../../errors.ts';
import type { CachePoint } from '../../request/content.ts';
import type { CheckedRequest } from '../checked-request.ts';

const cachePointsLimit = 4;

export function validateCachePoints(request: CheckedRequest): void {
  const points = cachePointsIn(request);
  if (points.length === 0) return;
  const { cache } = request.traits;
  if (cache === undefined) {
    throw bedrockError(
      'AccessDeniedException',
      'You invoked an unsupported model or your request did not allow prompt caching. See the documentation for more information.',
    );
  }
  refuseInTools(request);
  refuseAfterReasoning(request);
  refuseAfterDocument(request);
  if (points.length > cachePointsLimit) {
    throw refusedByModel(
      `A maximum of ${cachePointsLimit} blocks with cache_control may be provided. Found ${points.length}.`,
    );
  }
  const firstShort = points.findIndex(({ ttl }) => ttl === '5m');
  if (firstShort !== -1 && points.slice(firstShort).some(({ ttl }) => ttl === '1h')) {
    throw refusedByModel(
      "a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block.",
    );
  }
}

/** In the order of the prompt. */
function cachePointsIn({ messages, system, toolConfig }: CheckedRequest): CachePoint[] {
  const blocks = [...(toolConfig?.entries ?? []), ...system, ...messages.flatMap(({ content }) => content)];
  return blocks.filter((block) => block.kind === 'cachePoint');
}

function refuseInTools({ toolConfig, traits }: CheckedRequest): void {
  if (traits.cache?.places.includes('tools') === true) return;
  const index = (toolConfig?.entries ?? []).findIndex(({ kind }) => kind === 'cachePoint');
  if (index === -1) return;
  throw invalid(
    `Malformed input request: #/toolConfig/tools/${index}: extraneous key [cachePoint] is not permitted, please reformat your input and try again.`,
  );
}

function refuseAfterReasoning({ messages }: CheckedRequest): void {
  for (const { content } of messages) {
    const wrong = content.some(
      ({ kind }, index) => kind === 'cachePoint' && /easoning$/.test(content[index - 1]?.kind ?? ''),
    );
    if (wrong) {
      throw invalid(
        'Cache point cannot be inserted after reasoning block. Please remove the invalid cache point and try again.',
      );
    }
  }
}

/** Claude takes one right behind a PDF, but not behind a document of text or an Office format. */
function refuseAfterDocument({ messages, traits }: CheckedRequest): void {
  if (traits.family !== 'claude') return;
  for (const [index, { content }] of messages.entries()) {
    const wrong = content.findIndex((block, at) => {
      const before = content[at - 1];
      return block.kind === 'cachePoint' && before?.kind === 'document' && before.format !== 'pdf';
    });
    if (wrong !== -1) throw refusedByModel(`messages.${index}.content.${wrong}.type: Field required`);
  }
}
