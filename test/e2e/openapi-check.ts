import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

interface OpenApi {
  paths: Record<
    string,
    Record<string, { responses: Record<string, { content: Record<string, { schema: object }> }> }>
  >;
  components: object;
}

interface Checked {
  status: number;
  headers: Headers;
  body: unknown;
  text: string;
}

const documents = new Map<string, Promise<OpenApi>>();
const validators = new Map<object, ValidateFunction>();
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);

/**
 * Fails when an answer of a documented route is not what the platform's own OpenAPI document promises: its
 * status, content type or shape, or a refusal without a request id.
 */
export async function checkAgainstOpenApi(
  base: string,
  method: string,
  path: string,
  answer: Checked,
): Promise<void> {
  if (!path.startsWith('/v1/') || path === '/v1/openapi.json') return;
  if (answer.headers.get('x-request-id') === null)
    throw new Error(`${method} ${path} answered without x-request-id`);
  const document = await documentOf(base);
  const pathname = path.split('?')[0] ?? path;
  const route = Object.keys(document.paths).find((template) => matches(template, pathname));
  const operation = route === undefined ? undefined : document.paths[route]?.[method.toLowerCase()];
  if (operation === undefined) return;
  const documented = operation.responses[answer.status];
  if (documented === undefined)
    throw new Error(`${method} ${path} answered ${answer.status}, which is not documented`);
  const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
  const media = documented.content[type];
  if (media === undefined)
    throw new Error(`${method} ${path} answered ${answer.status} as '${type}', which is not documented`);
  if (type !== 'application/json') return;
  const validate = validatorOf(document, media.schema);
  if (!validate(answer.body)) {
    throw new Error(
      `${method} ${path} answered ${answer.status} not as documented: ${ajv.errorsText(validate.errors)}`,
    );
  }
}

function documentOf(base: string): Promise<OpenApi> {
  let document = documents.get(base);
  if (document === undefined) {
    document = fetch(`${base}/v1/openapi.json`).then((response) => response.json() as Promise<OpenApi>);
    documents.set(base, document);
  }
  return document;
}

function validatorOf(document: OpenApi, schema: object): ValidateFunction {
  let validate = validators.get(schema);
  if (validate === undefined) {
    validate = ajv.compile({ ...schema, components: document.components });
    validators.set(schema, validate);
  }
  return validate;
}

function matches(template: string, pathname: string): boolean {
  const pattern = template.replace(/\{[^}]+\}/g, '[^/]+');
  return new RegExp(`^${pattern}$`).test(pathname);
}
