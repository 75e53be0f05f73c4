import { createHash } from 'node:crypto';
import type { AnswerPart } from '../../answer/answer-part.ts';
import { isObject } from '../../json-fields.ts';

interface Call {
  id: string;
  name: string;
  held: string;
}

export interface ToolCallParts {
  /** @param deltas a chunk's `tool_calls` */
  push(deltas: unknown): Generator<AnswerPart>;
  /** Those held back. */
  rest(): Generator<AnswerPart>;
  readonly hasCalls: boolean;
}

/**
 * Tool calls, one after the other: the first is passed on as it comes, later ones wait until those before them are
 * complete, since servers may mix them.
 */
export function createToolCallParts(): ToolCallParts {
  const calls = new Map<number, Call>();
  let begun: number | undefined;

  function* begin(index: number, { id, name }: Call): Generator<AnswerPart> {
    begun = index;
    yield { kind: 'toolUse', toolUseId: toBedrockId(id), name };
  }

  return {
    get hasCalls() {
      return calls.size > 0;
    },
    *push(deltas) {
      for (const delta of Array.isArray(deltas) ? deltas.filter(isObject) : []) {
        const index = typeof delta.index === 'number' ? delta.index : calls.size;
        const made = isObject(delta.function) ? delta.function : {};
        const call = calls.get(index) ?? { id: '', name: '', held: '' };
        if (typeof delta.id === 'string' && delta.id !== '') call.id = delta.id;
        if (typeof made.name === 'string' && made.name !== '') call.name = made.name;
        calls.set(index, call);
        if (begun === undefined && call.name !== '') yield* begin(index, call);
        const json = typeof made.arguments === 'string' ? made.arguments : '';
        if (begun !== index) call.held += json;
        else if (json !== '') yield { kind: 'toolInput', json };
      }
    },
    *rest() {
      for (const [index, call] of calls) {
        if (index === begun) continue;
        yield* begin(index, call);
        if (call.held !== '') yield { kind: 'toolInput', json: call.held };
      }
    },
  };
}

/** An id that Bedrock would refuse in the next request is replaced, always by the same. */
const toBedrockId = (id: string): string =>
  /^[a-zA-Z0-9_-]{1,64}$/.test(id)
    ? id
    : `tooluse_${createHash('sha256').update(id).digest('base64url').slice(0, 22)}`;
