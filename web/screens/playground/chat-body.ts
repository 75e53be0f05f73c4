import type { ChatCompletionBody } from '../../../core/contract/chat-completion-request.ts';
import type { ChatSettings } from './chat-settings.ts';
import type { Turn } from './conversation.ts';

/**
 * The conversation up to a question, in OpenAI's shape. Answers that broke off stay in it as far as they came: what
 * is on the screen is what the model reads.
 */
export function chatBody(earlier: readonly Turn[], question: string, settings: ChatSettings) {
  const { model, system, temperature, maxTokens } = settings;
  const messages: ChatCompletionBody['messages'] = [
    ...(system.trim() === '' ? [] : [{ role: 'system' as const, content: system }]),
    ...earlier.flatMap(messagesOf),
    { role: 'user', content: question },
  ];
  return {
    model,
    messages,
    ...(temperature !== undefined && { temperature }),
    ...(maxTokens !== undefined && { max_completion_tokens: maxTokens }),
  } satisfies ChatCompletionBody;
}

function messagesOf({ question, answer }: Turn): ChatCompletionBody['messages'] {
  return [
    { role: 'user', content: question },
    ...(answer.text === '' ? [] : [{ role: 'assistant' as const, content: answer.text }]),
  ];
}
