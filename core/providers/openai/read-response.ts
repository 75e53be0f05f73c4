import type { ChatEvent } from '../../chat/chat.ts';
import { toUsage } from './read-completion.ts';

interface Response {
  status?: string;
  incomplete_details?: { reason?: string } | null;
  output?: { type?: string; content?: { text?: string }[]; arguments?: string }[];
  usage?: {
    input_tokens?: number;
    output_tokens?: number;
    input_tokens_details?: { cached_tokens?: number; cache_write_tokens?: number } | null;
    output_tokens_details?: { reasoning_tokens?: number } | null;
  } | null;
  service_tier?: string | null;
}

/** Reads an answer of Responses as far as metering needs it: what was said, that it is whole, and its usage. */
export function createResponseReader(): (event: unknown) => ChatEvent[] {
  return (event) => {
    const { type = '', delta, response } = event as { type?: string; delta?: unknown; response?: Response };
    if (type.endsWith('.delta') && typeof delta === 'string') {
      const isThought = type.startsWith('response.reasoning');
      return [{ type: isThought ? 'reasoning' : 'text', part: 0, text: delta }];
    }
    const isLast = type === 'response.completed' || type === 'response.incomplete';
    return isLast && response ? readEnd(response) : [];
  };
}

/** A whole answer. */
export function readResponse(body: unknown): ChatEvent[] {
  const response = body as Response;
  const said = (response.output ?? []).map(
    ({ content, arguments: json }) => (content ?? []).map(({ text }) => text ?? '').join('') + (json ?? ''),
  );
  return [{ type: 'text', part: 0, text: said.join('') }, ...readEnd(response)];
}

function readEnd({ status, incomplete_details: missing, usage, service_tier: tier }: Response): ChatEvent[] {
  const counted =
    usage === null || usage === undefined
      ? []
      : [
          toUsage(
            {
              prompt_tokens: usage.input_tokens ?? 0,
              completion_tokens: usage.output_tokens ?? 0,
              prompt_tokens_details: usage.input_tokens_details ?? null,
              completion_tokens_details: usage.output_tokens_details ?? null,
            },
            tier,
          ),
        ];
  return [{ type: 'stop', reason: stopReason(status, missing?.reason) }, ...counted];
}

function stopReason(status: string | undefined, reason: string | undefined) {
  if (status === 'completed') return 'end' as const;
  return reason === 'content_filter' ? ('filtered' as const) : ('length' as const);
}
