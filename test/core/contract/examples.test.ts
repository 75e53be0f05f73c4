import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { routeExamples } from '../../../core/contract/examples/route-examples.ts';
import { withNames } from '../../../core/contract/openapi/example-names.ts';
import { openApiDocument } from '../../../core/contract/openapi/openapi-document.ts';
import type { RouteContract } from '../../../core/contract/route-contract.ts';
import { routes } from '../../../core/contract/routes.ts';
import { errorCodes } from '../../../core/errors.ts';

interface Media {
  schema: object;
  example?: unknown;
  examples?: Record<string, { $ref?: string; value?: unknown }>;
}

interface Operation {
  operationId: string;
  tags: string[];
  description: string;
  parameters?: { name: string; in: string; required: boolean; schema: object; example?: unknown }[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { content: Record<string, Media> }>;
}

const document = openApiDocument() as unknown as {
  paths: Record<string, Record<string, Operation>>;
  tags: { name: string; description: string }[];
  components: { examples: Record<string, { value: unknown }> };
};
const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
const validators = new Map<string, ValidateFunction>();
const faultsOf = (schema: object, value: unknown): string[] => {
  const name = JSON.stringify(schema);
  const validate = validators.get(name) ?? ajv.compile({ ...schema, components: document.components });
  validators.set(name, validate);
  return validate(value) ? [] : [ajv.errorsText(validate.errors)];
};

const referred = ({ $ref, value }: { $ref?: string; value?: unknown }) =>
  $ref === undefined ? value : document.components.examples[$ref.split('/').at(-1) ?? '']?.value;

const examplesOf = (media: Media): [name: string, value: unknown][] =>
  media.examples === undefined
    ? [['', media.example]]
    : Object.entries(media.examples).map(([name, example]) => [name, referred(example)]);

test('every status of every operation has an example that fits its schema', () => {
  const faults = operations.flatMap(({ operationId, responses }) =>
    Object.entries(responses).flatMap(([status, { content }]) =>
      Object.entries(content).flatMap(([type, media]) =>
        examplesOf(media).flatMap(([name, value]) =>
          (value === undefined ? ['has none'] : faultsOf(media.schema, value)).map(
            (fault) => `${operationId} ${status} ${type} ${name}: ${fault}`,
          ),
        ),
      ),
    ),
  );
  expect(faults).toEqual([]);
});

test('each code of a refusal has an example of that code and status', () => {
  const wrong = operations.flatMap(({ operationId, responses }) =>
    Object.entries(responses).flatMap(([status, { content }]) =>
      Object.entries(content['application/json']?.examples ?? {}).flatMap(([code, example]) => {
        const { error } = referred(example) as { error: { code?: string; docs: string } };
        const isRight =
          (error.code ?? code) === code &&
          error.docs.endsWith(`#error-${code}`) &&
          errorCodes[code as keyof typeof errorCodes].status === Number(status);
        return isRight ? [] : [`${operationId} ${status} ${code}`];
      }),
    ),
  );
  expect(wrong).toEqual([]);
});

test('every request has an example: a body, and a value for each parameter that it needs', () => {
  const faults = operations.flatMap(({ operationId, requestBody, parameters = [] }) => {
    const body = requestBody?.content['application/json'];
    const lacking = parameters.filter((one) => one.required && one.example === undefined);
    return [
      ...(body === undefined
        ? []
        : body.example === undefined
          ? ['no body']
          : faultsOf(body.schema, body.example)),
      ...lacking.map(({ name }) => `no ${name}`),
      ...parameters.flatMap(({ name, schema, example }) =>
        example === undefined ? [] : faultsOf(schema, example).map((it) => `${name}: ${it}`),
      ),
    ].map((fault) => `${operationId}: ${fault}`);
  });
  expect(faults).toEqual([]);
});

test.each(Object.entries<RouteContract>(routes))(
  'the contract itself takes the example of %s',
  (id, route) => {
    const operation = operations.find(({ operationId }) => operationId === id);
    const body = operation?.requestBody?.content['application/json']?.example;
    if (route.body !== undefined) expect(route.body.safeParse(body).error).toBeUndefined();
    const query = (operation?.parameters ?? []).filter(
      ({ in: place, example }) => place === 'query' && example,
    );
    if (route.query !== undefined) {
      const asked = Object.fromEntries(query.map(({ name, example }) => [name, String(example)]));
      expect(route.query.safeParse(asked).error).toBeUndefined();
    }
  },
);

test('a parameter of an example is one of its operation', () => {
  const unknown = operations.flatMap(({ operationId, parameters = [] }) =>
    Object.keys(routeExamples[operationId as keyof typeof routeExamples].parameters ?? {})
      .filter((name) => !parameters.some((parameter) => parameter.name === name))
      .map((name) => `${operationId} ${name}`),
  );
  expect(unknown).toEqual([]);
});

test('every operation has a description and one tag, which the document describes in order of importance', () => {
  const names = document.tags.map(({ name }) => name);
  expect(names[0]).toBe('Chat');
  expect(operations.filter(({ tags, description }) => tags.length !== 1 || description === '')).toEqual([]);
  expect([...new Set(operations.flatMap(({ tags }) => tags))].toSorted()).toEqual(names.toSorted());
});

test('a union of one is written as what it holds', () => {
  const unionsOfOne = (value: unknown, path: string): string[] =>
    typeof value !== 'object' || value === null
      ? []
      : Object.entries(value).flatMap(([name, inside]) => [
          ...(/^(one|any)Of$/.test(name) && Array.isArray(inside) && inside.length === 1 ? [path] : []),
          ...unionsOfOne(inside, `${path}/${name}`),
        ]);
  expect(unionsOfOne(document, '')).toEqual([]);
});

test('with the names of a deployment, examples can be sent to it as they stand', () => {
  const named = JSON.stringify(
    openApiDocument({ names: { plan: 'gold', model: 'our-model', embeddingModel: 'our-vectors' } }).paths,
  );
  expect(named).toContain('"example":{"model":"our-model"');
  expect(named).not.toContain('"nova-lite"');
  expect(named).not.toContain('"10-per-day"');
});

test('a name of the deployment’s is not taken for one of the examples’', () => {
  const names = { plan: 'nova-lite', model: 'titan-embed-text-v2', embeddingModel: "$&-'10-per-day'" };
  const all = ['10-per-day', 'nova-lite', 'titan-embed-text-v2', 'say "nova-lite"'];
  expect(withNames(all, names)).toEqual([names.plan, names.model, names.embeddingModel, all.at(-1)]);
});
