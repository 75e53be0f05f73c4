import { Ajv, type ErrorObject } from 'ajv';
import { invalid } from '../errors.ts';
import type { JsonObject } from '../json-fields.ts';

/** An embedding model's answer, and the tokens that it read. */
export interface Embedded {
  answer: JsonObject;
  inputTokens: number;
}

const ajv = new Ajv({ allErrors: true, strict: false });

/** @throws AwsError ValidationException in Bedrock's words for a body that doesn't fit the model */
export function checkBody(body: JsonObject, schema: JsonObject): void {
  const validate = ajv.compile(schema);
  if (validate(body)) return;
  const violations = (validate.errors ?? []).map(describe);
  const what = violations.length === 1 ? violations[0] : `${violations.length} schema violations found`;
  throw invalid(`Malformed input request: ${what}, please reformat your input and try again.`);
}

function describe({ instancePath, keyword, message, params }: ErrorObject): string {
  const path = `#${instancePath}`;
  if (keyword === 'required') return `${path}: required key [${params.missingProperty}] not found`;
  if (keyword === 'additionalProperties') {
    return `${path}: extraneous key [${params.additionalProperty}] is not permitted`;
  }
  return `${path}: ${message}`;
}
