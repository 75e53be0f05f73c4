import Draft04 from 'ajv-draft-04';
import formats from 'ajv-formats';

/** @returns undefined when the body fits, else the text of `$context.error.validationErrorString` */
export type BodyCheck = (body: string) => string | undefined;

/**
 * A model's JSON Schema (draft 4, the only one that API Gateway accepts).
 * @throws Error when it isn't a valid schema, or refers to another model
 */
export function compileBodyModel(schema: Readonly<Record<string, unknown>>): BodyCheck {
  if (JSON.stringify(schema).includes('apigateway.amazonaws.com/restapis')) {
    throw new Error('references from one model to another are not supported');
  }
  const ajv = new Draft04.default({ allErrors: true, strict: false });
  formats.default(ajv);
  const validate = ajv.compile(schema);
  return (body) => {
    const parsed = parseJson(body);
    if (!parsed.ok) return '[Unable to parse the request body]';
    if (validate(parsed.value)) return undefined;
    const problems = (validate.errors ?? []).map(({ instancePath, message }) =>
      `${instancePath} ${message}`.trim(),
    );
    return `[${problems.join(', ')}]`;
  };
}

function parseJson(text: string): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}
