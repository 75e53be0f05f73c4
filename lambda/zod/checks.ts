import { type Check, raise, type ToWords } from './definition.ts';

export type Parameters =
  | string
  | {
      error?: string | ToWords;
      /** The older name of `error`. */
      message?: string;
      abort?: boolean;
      path?: PropertyKey[];
      when?: NonNullable<Check['when']>;
    };

/** A message, or what makes one, in the places where zod takes it. */
export function toWordsOf(parameters: Parameters | undefined): ToWords | undefined {
  const error = typeof parameters === 'string' ? parameters : (parameters?.error ?? parameters?.message);
  return typeof error === 'string' ? () => error : error;
}

const isStopping = (parameters: Parameters | undefined) =>
  typeof parameters === 'object' && parameters.abort === true;

const hasLength: Check['when'] = ({ value }) =>
  value != null && (value as { length?: unknown }).length !== undefined;

/** Of characters, or of entries. */
export function length(
  code: 'too_small' | 'too_big',
  bound: number,
  parameters: Parameters | undefined,
): Check {
  return {
    toWords: toWordsOf(parameters),
    when: hasLength,
    ...(code === 'too_big' && { cap: bound }),
    check(payload, by) {
      const value = payload.value as string | unknown[];
      // A pair of surrogates is one character.
      const count = typeof value === 'string' ? charactersOf(value) : value.length;
      if (code === 'too_small' ? count >= bound : count <= bound) return;
      raise(payload, by, {
        code,
        [code === 'too_small' ? 'minimum' : 'maximum']: bound,
        origin: typeof value === 'string' ? 'string' : Array.isArray(value) ? 'array' : 'unknown',
        inclusive: true,
        continue: !isStopping(parameters),
      });
    },
  };
}

function charactersOf(text: string): number {
  return text.length - (text.match(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)?.length ?? 0);
}

export function size(
  code: 'too_small' | 'too_big',
  bound: number,
  parameters: Parameters | undefined,
): Check {
  return {
    toWords: toWordsOf(parameters),
    check(payload, by) {
      const value = payload.value as number;
      if (code === 'too_small' ? value >= bound : value <= bound) return;
      raise(payload, by, {
        code,
        [code === 'too_small' ? 'minimum' : 'maximum']: bound,
        origin: 'number',
        inclusive: true,
        continue: !isStopping(parameters),
      });
    },
  };
}

/** A whole number that a double holds exactly. */
export function wholeNumber(parameters: Parameters | undefined): Check {
  return {
    toWords: toWordsOf(parameters),
    check(payload, by) {
      const value = payload.value as number;
      if (!Number.isInteger(value)) {
        raise(payload, by, { code: 'invalid_type', expected: 'int', continue: false });
      } else if (!Number.isSafeInteger(value)) {
        const bound =
          value > 0
            ? { code: 'too_big', maximum: Number.MAX_SAFE_INTEGER }
            : { code: 'too_small', minimum: Number.MIN_SAFE_INTEGER };
        raise(payload, by, { ...bound, origin: 'int', inclusive: true, continue: true });
      }
    },
  };
}

export function pattern(expression: RegExp, format: string, parameters: Parameters | undefined): Check {
  return {
    toWords: toWordsOf(parameters),
    check(payload, by) {
      if (expression.test(payload.value as string)) return;
      raise(payload, by, {
        code: 'invalid_format',
        format,
        origin: 'string',
        pattern: String(expression),
        continue: !isStopping(parameters),
      });
    },
  };
}

/** Writes a URL as a client would send it, without white space around it. */
export function url(parameters: Parameters | undefined): Check {
  return {
    toWords: toWordsOf(parameters),
    check(payload, by) {
      const text = (payload.value as string).trim();
      if (URL.canParse(text)) payload.value = text.replace(/[\t\n\r]/g, '');
      else raise(payload, by, { code: 'invalid_format', format: 'url', continue: !isStopping(parameters) });
    },
  };
}

/** @param stops whether later checks are left out, unless the parameters say it */
export function custom(
  test: (value: never) => unknown,
  parameters: Parameters | undefined,
  stops = false,
): Check {
  const { abort = stops, path = [], when } = typeof parameters === 'object' ? parameters : {};
  return {
    toWords: toWordsOf(parameters),
    when,
    check(payload, by) {
      if (!test(payload.value as never)) {
        raise(payload, by, { code: 'custom', path: [...path], continue: !abort });
      }
    },
  };
}
