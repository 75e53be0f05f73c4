import { askUpstream, type UpstreamPorts } from '../../chat/ask-upstream.ts';
import type { TokenCounter } from '../../chat/provider.ts';
import { api, parsed, versionHeader } from './api.ts';
import { malformed, tookTooLong } from './refusals.ts';
import { toCounted } from './to-relayed.ts';

/** Counts at Anthropic's own endpoint, which charges nothing. */
export function createAnthropicCounter(ports: UpstreamPorts): TokenCounter {
  return {
    relays: ['messages'],
    takesOwnKeys: ports.takesOwnKeys,
    async count({ relay }, model, options) {
      if (relay === undefined) throw new Error('A count for Anthropic is asked for in its own words');
      const written = toCounted(relay, model);
      const call = { ...written, headers: { ...versionHeader, ...options.headers } };
      try {
        const answer = await askUpstream(ports, api, { call, model }, options);
        const { input_tokens: tokens } = parsed(await answer.text());
        if (typeof tokens !== 'number' || !Number.isInteger(tokens) || tokens < 0) throw malformed();
        return tokens;
      } catch (error) {
        throw options.signal.aborted ? tookTooLong() : error;
      }
    },
  };
}
