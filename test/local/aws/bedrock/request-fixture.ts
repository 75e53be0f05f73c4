import type { JsonObject } from '../../../../local/aws/bedrock/json-fields.ts';
import type { ConverseRequest } from '../../../../local/aws/bedrock/request/converse-request.ts';
import { parseConverseRequest } from '../../../../local/aws/bedrock/request/parse-converse-request.ts';

/** A request with one user message, read as the stand-in reads it. */
export const someRequest = (text: string, fields: JsonObject = {}): ConverseRequest =>
  parseConverseRequest('amazon.nova-lite-v1:0', {
    messages: [{ role: 'user', content: [{ text }] }],
    ...fields,
  });
