import { sessionHeader } from '../../../core/contract/accounts/sessions.ts';
import { openApiDocument } from '../../../core/contract/openapi/openapi-document.ts';

interface Parameter {
  name: string;
  in: string;
  required: boolean;
  description?: string;
  schema: object;
}

interface Operation {
  parameters?: Parameter[];
  responses?: Record<string, { headers?: Record<string, object> }>;
}

const { paths, components } = openApiDocument() as {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};

test('routes of a section of the settings are listed only where it is set', () => {
  const listed = (section: string) =>
    Object.keys(openApiDocument({ has: (one) => one === section }).paths as object);
  expect(listed('billing')).toContain('/v1/billing/checkout');
  expect(listed('billing')).not.toContain('/v1/login/{provider}');
  expect(listed('logIn.providers')).toContain('/v1/login/{provider}');
  expect(listed('none')).toEqual(
    Object.keys(paths).filter(
      (path) => !/billing|me.authenticator|passkey|challenge|login.(callback|.provider)/.test(path),
    ),
  );
});

const headersOf = (method: string, path: string) =>
  (paths[path]?.[method]?.parameters ?? []).filter((parameter) => parameter.in === 'header');

test.each(['/v1/api-keys', '/v1/api-keys/{id}/rotate'])(
  'POST %s declares the Idempotency-Key with its form, lifetime and replay',
  (path) => {
    expect(headersOf('post', path)).toEqual([
      {
        name: 'Idempotency-Key',
        in: 'header',
        required: false,
        description: expect.stringMatching(/1 to 255 visible ASCII.*24 hours.*same secret again/),
        schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!-~]*$' },
        example: expect.any(String),
      },
    ]);
  },
);

test('the operation that refreshes a session declares the header it needs, with its value', () => {
  expect(headersOf('post', '/v1/session/refresh')).toMatchObject([
    { name: sessionHeader.name, required: true, schema: { const: sessionHeader.value } },
  ]);
});

test('the answers to bodies with hints declare the header that names those without effect', () => {
  const declaring = Object.entries(paths).flatMap(([path, { post }]) =>
    post?.responses?.['200']?.headers?.['x-daypass-ignored'] === undefined ? [] : [path],
  );
  expect(declaring.toSorted()).toEqual([
    '/v1/chat/completions',
    '/v1/console/chat/completions',
    '/v1/embeddings',
    '/v1/messages',
    '/v1/messages/count_tokens',
    '/v1/responses',
  ]);
});

test('no other operation declares a header', () => {
  const declaring = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((method) => headersOf(method, path).length > 0)
      .map((method) => `${method} ${path}`),
  );
  expect(declaring.toSorted()).toEqual([
    'delete /v1/secrets/{id}',
    'delete /v1/session/passkeys/{id}',
    'get /v1/models',
    'get /v1/models/{id}',
    'get /v1/secrets/{id}/receipt',
    'get /v1/session/passkeys',
    'post /v1/api-keys',
    'post /v1/api-keys/{id}/rotate',
    'post /v1/billing/webhook',
    'post /v1/console/chat/completions',
    'post /v1/session/passkeys',
    'post /v1/session/passkeys/finish',
    'post /v1/session/refresh',
  ]);
});

interface Schema {
  $ref?: string;
  description?: string;
  const?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
}

const resolved = (schema: Schema): Schema => {
  const target = components.schemas[schema.$ref?.split('/').at(-1) ?? ''];
  return target === undefined ? schema : { ...target, ...schema };
};

/** Every field within a schema, by its path. */
function fieldsOf(schema: Schema, path = ''): [string, Schema][] {
  const { properties = {}, items, anyOf = [], oneOf = [] } = resolved(schema);
  return [
    ...Object.entries(properties).flatMap(([name, field]): [string, Schema][] => [
      [`${path}.${name}`, field],
      ...fieldsOf(field, `${path}.${name}`),
    ]),
    ...(items === undefined ? [] : fieldsOf(items, `${path}[]`)),
    ...[...anyOf, ...oneOf].flatMap((one) => fieldsOf(one, path)),
  ];
}

interface WithBody {
  requestBody?: { content: { 'application/json': { schema: Schema } } };
}

const bodies = Object.entries(paths).flatMap(([path, methods]) =>
  Object.values(methods).flatMap((operation) => {
    const schema = (operation as WithBody).requestBody?.content['application/json'].schema;
    return schema === undefined ? [] : [{ path, schema }];
  }),
);

test('every field of a body says what it is for', () => {
  const bare = bodies.flatMap(({ path, schema }) =>
    fieldsOf(schema)
      .map(([name, field]) => [name, resolved(field)] as const)
      .filter(([, field]) => field.description === undefined && field.const === undefined)
      .map(([name]) => `${path} ${name}`),
  );
  // What browsers make of a passkey is theirs.
  expect(bare.filter((one) => !one.includes('.credential.'))).toEqual([]);
});

test('a body begins with what must be sent, and ends with what nothing honours', () => {
  for (const path of ['/v1/chat/completions', '/v1/messages', '/v1/responses']) {
    const { properties = {}, required = [] } = resolved(
      bodies.find((one) => one.path === path)?.schema ?? {},
    );
    const names = Object.keys(properties);
    expect(names.slice(0, required.length).toSorted()).toEqual(required.toSorted());
    expect(names[0]).toBe('model');
    const isHonoured = Object.values(properties).map((field) => !('x-daypass-field' in field));
    expect(isHonoured).toEqual(isHonoured.toSorted((one, other) => Number(other) - Number(one)));
  }
});
