import type { ChatLimits } from '../../catalog.ts';
import type { ChatCompletionBody } from '../../contract/chat.ts';
import { DaypassError } from '../../errors.ts';
import type { ChatRequest, ChatTurn } from '../chat.ts';

/** OpenAI's request in the neutral model: instructions lifted out, turns of one role in a row merged. */
export function toChatRequest(body: ChatCompletionBody, limits: ChatLimits): ChatRequest {
  if (body.messages.length > limits.maxMessages) {
    throw new DaypassError('invalid_request', `messages must hold at most ${limits.maxMessages} messages.`, {
      param: 'messages',
    });
  }
  const system: string[] = [];
  const turns: { role: ChatTurn['role']; texts: string[] }[] = [];
  for (const message of body.messages) {
    const texts = textsOf(message.content);
    if (message.role === 'system' || message.role === 'developer') {
      system.push(...texts);
      continue;
    }
    // Models on Bedrock demand alternating roles.
    const last = turns.at(-1);
    if (last?.role === message.role) last.texts.push(...texts);
    else if (texts.length > 0) turns.push({ role: message.role, texts });
  }
  requireUserFirst(turns);
  return {
    model: body.model,
    system,
    turns,
    maxOutputTokens: body.max_completion_tokens ?? body.max_tokens ?? undefined,
    temperature: body.temperature ?? undefined,
    topP: body.top_p ?? undefined,
    stopSequences: typeof body.stop === 'string' ? [body.stop] : (body.stop ?? []),
  };
}

/** Blank parts carry nothing and Bedrock refuses them. */
function textsOf(content: string | readonly { text: string }[]): string[] {
  const texts = typeof content === 'string' ? [content] : content.map((part) => part.text);
  return texts.filter((text) => text.trim() !== '');
}

function requireUserFirst(turns: readonly ChatTurn[]): void {
  if (turns[0]?.role === 'user') return;
  throw new DaypassError('invalid_request', 'messages must begin with a user message that is not blank.', {
    param: 'messages',
  });
}
