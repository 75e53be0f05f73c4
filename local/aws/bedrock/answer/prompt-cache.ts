import { createHash } from 'node:crypto';
import { modelTraits } from '../models/model-traits.ts';
import type { ContentBlock, ToolSpec } from '../request/content.ts';
import type { ConverseRequest } from '../request/converse-request.ts';
import type { CachedInput } from '../responders/responder.ts';
import { countBlockTokens, countToolTokens } from './token-usage.ts';

export interface PromptCache {
  /** How much of a request is in the cache, and how much it adds. */
  lookUp(request: ConverseRequest): CachedInput;
}

const lifetimesMs = { '5m': 300_000, '1h': 3_600_000 } as const;
/** How many blocks before a cache point are searched for the end of a cached prompt. */
const lookBackBlocks = 20;

interface Prefix {
  hash: string;
  tokens: number;
}

interface Point extends Prefix {
  ttl: keyof typeof lifetimesMs;
  /** Ends of the blocks before it, the nearest first. */
  before: Prefix[];
}

/** Remembers prompts up to their cache points, as Bedrock does, for as long as they ask. */
export function createPromptCache(nowMs: () => number = () => performance.now()): PromptCache {
  const expiries = new Map<string, number>();
  const isCached = ({ hash }: Prefix) => (expiries.get(hash) ?? 0) > nowMs();

  return {
    lookUp(request) {
      const minTokens = modelTraits(request.modelId).cache?.minTokens ?? Number.POSITIVE_INFINITY;
      const points = cachePoints(request).filter(({ tokens }) => tokens >= minTokens);
      let reached = 0;
      for (const point of points) {
        const hit = [point, ...point.before].find((prefix) => prefix.tokens >= minTokens && isCached(prefix));
        if (hit === undefined) continue;
        reached = Math.max(reached, hit.tokens);
        expiries.set(hit.hash, nowMs() + lifetimesMs[point.ttl]);
      }
      const read = reached;
      const written = { '1h': 0, '5m': 0 };
      for (const { hash, tokens, ttl } of points) {
        if (tokens <= reached) continue;
        written[ttl] += tokens - reached;
        reached = tokens;
        expiries.set(hash, nowMs() + lifetimesMs[ttl]);
      }
      const details = (['1h', '5m'] as const)
        .map((ttl) => ({ ttl, inputTokens: written[ttl] }))
        .filter(({ inputTokens }) => inputTokens > 0);
      return { read, write: reached - read, details };
    },
  };
}

type Part = ContentBlock | ToolSpec;

function cachePoints({ messages, modelId, system, toolConfig }: ConverseRequest): Point[] {
  const said = messages.flatMap(({ content, role }) =>
    content.map((part): { part: Part; place: string } => ({ part, place: role })),
  );
  const parts = [
    ...(toolConfig?.entries ?? []).map((part) => ({ part, place: 'tools' })),
    ...system.map((part) => ({ part, place: 'system' })),
    ...said,
  ];
  const points: Point[] = [];
  const ends: Prefix[] = [];
  let last: Prefix = { hash: modelId, tokens: 0 };
  for (const { part, place } of parts) {
    if (part.kind === 'cachePoint') {
      points.push({ ...last, ttl: part.ttl, before: ends.slice(-lookBackBlocks).reverse() });
      continue;
    }
    last = { hash: digest(last.hash, place, part), tokens: last.tokens + tokensOf(part) };
    ends.push(last);
  }
  return points;
}

const tokensOf = (part: Part): number =>
  part.kind === 'tool' ? countToolTokens(part) : countBlockTokens(part);

const digest = (before: string, place: string, part: Part): string =>
  createHash('sha256')
    .update(JSON.stringify([before, place, part]))
    .digest('base64');
