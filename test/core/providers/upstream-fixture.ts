import type { SendUpstream, UpstreamCall } from '../../../core/chat/upstream.ts';

export interface Sent extends UpstreamCall {
  json: Record<string, unknown>;
}

/** A provider that answers with these events, or with this whole body, and remembers what it was sent. */
export function answering(
  answer: { status?: number; headers?: Record<string, string>; body?: unknown; events?: unknown[] } = {},
) {
  const sent: Sent[] = [];
  const { status = 200, headers = {}, body = {}, events = [] } = answer;
  const send: SendUpstream = async (call) => {
    sent.push({ ...call, json: JSON.parse(call.body) });
    return {
      status,
      header: (name) => headers[name],
      text: async () => (typeof body === 'string' ? body : JSON.stringify(body)),
      async *events() {
        for (const event of events) {
          if (typeof event === 'string') yield { data: event };
          else {
            const { type } = event as { type?: string };
            yield { event: type, data: JSON.stringify(event) };
          }
        }
      },
    };
  };
  return { send, sent };
}

export function someKey(value = 'sk-operator') {
  const forgotten: string[] = [];
  return {
    key: { read: async () => value, forget: () => void forgotten.push(value) },
    forgotten,
  };
}
