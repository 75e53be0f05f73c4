import fc from 'fast-check';
import { isObject, type JsonObject } from '../../../../../local/aws/bedrock/json-fields.ts';
import { findScript } from '../../../../../local/aws/bedrock/pretend/scripts/find-script.ts';
import { parseConverseRequest } from '../../../../../local/aws/bedrock/request/parse-converse-request.ts';
import { validateConverse } from '../../../../../local/aws/bedrock/validation/validate-converse.ts';
import { AwsError } from '../../../../../local/aws/service.ts';
import { png } from '../media-fixture.ts';

const bytes = Buffer.from(png(1, 1)).toString('base64');
const schema = { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: false };
const full = {
  system: [{ text: 'Be brief.' }, { cachePoint: { type: 'default', ttl: '1h' } }],
  messages: [
    {
      role: 'user',
      content: [
        { text: '[[daypass: [{"text": "a"}]]]' },
        { image: { format: 'png', source: { bytes } } },
        { document: { name: 'a', format: 'txt', source: { text: 'b' } } },
        { guardContent: { text: { text: 'c', qualifiers: ['query'] } } },
      ],
    },
    { role: 'assistant', content: [{ text: 'd' }, { toolUse: { toolUseId: 'e', name: 'f', input: {} } }] },
    {
      role: 'user',
      content: [
        { toolResult: { toolUseId: 'e', status: 'success', content: [{ json: {} }, { text: 'g' }] } },
      ],
    },
  ],
  toolConfig: {
    tools: [{ toolSpec: { name: 'f', description: 'h', strict: true, inputSchema: { json: schema } } }],
    toolChoice: { auto: {} },
  },
  inferenceConfig: { maxTokens: 9, temperature: 1, stopSequences: ['i'] },
  guardrailConfig: { guardrailIdentifier: 'j', guardrailVersion: '1', trace: 'enabled' },
  outputConfig: {
    textFormat: { type: 'json_schema', structure: { jsonSchema: { schema: JSON.stringify(schema) } } },
    effort: 'low',
  },
  additionalModelRequestFields: { top_k: 3 },
  additionalModelResponseFieldPaths: ['/stop_sequence'],
  serviceTier: { type: 'default' },
};

/** The same, with whatever is at one place replaced. */
function replaced(value: unknown, path: number[], by: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return by;
  if (Array.isArray(value) && value.length > 0) {
    const at = step % value.length;
    return value.map((item, index) => (index === at ? replaced(item, rest, by) : item));
  }
  if (!isObject(value) || Object.keys(value).length === 0) return by;
  const keys = Object.keys(value);
  const key = keys[step % keys.length] ?? '';
  return { ...value, [key]: replaced(value[key], rest, by) };
}

const models = ['us.anthropic.claude-sonnet-4-6', 'amazon.nova-lite-v1:0', 'openai.gpt-oss-20b-1:0'];

test('the unchanged request is accepted', () => {
  expect(() => validateConverse(parseConverseRequest(models[0] ?? '', full), 'stream')).not.toThrow();
});

test('whatever a request holds, it is accepted or refused, and nothing breaks', () => {
  const change = fc.tuple(fc.array(fc.nat(12), { minLength: 1, maxLength: 9 }), fc.jsonValue());
  fc.assert(
    fc.property(
      fc.constantFrom(...models),
      fc.array(change, { minLength: 1, maxLength: 3 }),
      (model, changes) => {
        const body = changes.reduce<unknown>((at, [path, by]) => replaced(at, path, by), full) as JsonObject;
        try {
          const request = parseConverseRequest(model, body);
          validateConverse(request, 'stream');
          findScript(request);
        } catch (error) {
          expect(error).toBeInstanceOf(AwsError);
          expect((error as AwsError).status).toBeLessThan(500);
        }
      },
    ),
    { numRuns: 3000 },
  );
});
