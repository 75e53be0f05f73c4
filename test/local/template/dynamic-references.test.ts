import { deploy } from '../../../local/template/deploy.ts';
import { withDynamicReferences } from '../../../local/template/dynamic-references.ts';
import { ignoredTypes } from '../../../local/template/providers/ignored-types.ts';
import type { ResourceProvider } from '../../../local/template/resource-provider.ts';
import type { Template } from '../../../local/template/template.ts';

const arn = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:Shop-Token-AbCdEf';
const texts = new Map([
  [arn, 'open $& sesame'],
  ['shop/login', '{"user":"me","tries":3}'],
  ['shop/word', 'no-json'],
]);
const resolved = (value: unknown) => withDynamicReferences(value, (id) => texts.get(id), 'Resources.X');

test.each([
  ['by ARN, as CDK writes it', `{{resolve:secretsmanager:${arn}:SecretString:::}}`, 'open $& sesame'],
  ['by ARN alone', `{{resolve:secretsmanager:${arn}}}`, 'open $& sesame'],
  ['by name', '{{resolve:secretsmanager:shop/word}}', 'no-json'],
  ['a field', '{{resolve:secretsmanager:shop/login:SecretString:user}}', 'me'],
  [
    'a field of the current version',
    '{{resolve:secretsmanager:shop/login:SecretString:tries:AWSCURRENT}}',
    '3',
  ],
  [
    'amid text',
    'a-{{resolve:secretsmanager:shop/word}}-{{resolve:secretsmanager:shop/word}}',
    'a-no-json-no-json',
  ],
  ['none', 'a {{mustache}} of another kind', 'a {{mustache}} of another kind'],
])('a reference to a secret becomes its value: %s', (_, reference, text) => {
  expect(resolved({ list: [{ deep: reference }], number: 1, flag: true })).toEqual({
    list: [{ deep: text }],
    number: 1,
    flag: true,
  });
});

test.each([
  ['no such secret', '{{resolve:secretsmanager:shop/other}}', /there is no secret shop\/other/],
  ['no such field', '{{resolve:secretsmanager:shop/login:SecretString:pin}}', /shop\/login has no field pin/],
  [
    'an inherited field',
    '{{resolve:secretsmanager:shop/login:SecretString:toString}}',
    /has no field toString/,
  ],
  [
    'a field of a text',
    '{{resolve:secretsmanager:shop/word:SecretString:pin}}',
    /shop\/word has no field pin/,
  ],
  [
    'an older version',
    '{{resolve:secretsmanager:shop/word:SecretString::AWSPREVIOUS}}',
    /only the current one/,
  ],
  ['a version by id', '{{resolve:secretsmanager:shop/word:SecretString:::v1}}', /only the current one/],
  [
    'a binary secret',
    '{{resolve:secretsmanager:shop/word:SecretBinary}}',
    /\{\{.*SecretBinary\}\} is not supported/,
  ],
  ['another service', '{{resolve:ssm:/shop/url:1}}', /\{\{resolve:ssm:\/shop\/url:1\}\} is not supported/],
  ['no service', '{{resolve:}}', /\{\{resolve:\}\} is not supported/],
])('an unknown reference stops the start by name and shows no value: %s', (_, reference, message) => {
  const work = () => resolved({ list: [reference] });
  expect(work).toThrow(message);
  expect(work).toThrow(/^Resources\.X\.list\[0\]: /);
  expect(work).not.toThrow(/no-json|"me"/);
});

describe('a stack', () => {
  const template: Template = {
    Resources: {
      User: {
        Type: 'AWS::Made::User',
        Properties: {
          Password: {
            'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'Secret' }, ':SecretString:::}}']],
          },
        },
      },
      Secret: { Type: 'AWS::Made::Secret' },
    },
  };
  const made: Record<string, unknown>[] = [];
  const providers: ResourceProvider[] = [
    { type: 'AWS::Made::Secret', create: () => ({ ref: arn, attributes: {} }) },
    {
      type: 'AWS::Made::User',
      create(_logicalId, properties) {
        made.push(properties);
        return { ref: 'user', attributes: {} };
      },
    },
  ];
  const assets = {
    byObjectKey(objectKey: string): never {
      throw new Error(`no asset ${objectKey}`);
    },
  };
  const deployed = (changed: Partial<Template> = {}) =>
    deploy(
      { directory: '/nowhere', stackName: 'Shop', template: { ...template, ...changed }, assets },
      providers,
      ignoredTypes,
      (id) => texts.get(id),
    );

  test('makes the secret first, and its value reaches a property composed of parts', async () => {
    await deployed();
    expect(made).toEqual([{ Password: 'open $& sesame' }]);
  });

  test('shows no secret in its outputs', async () => {
    const Outputs = { Password: { Value: `{{resolve:secretsmanager:${arn}}}` } };
    await expect(deployed({ Outputs })).rejects.toThrow(/Outputs.Password.Value: the dynamic reference/);
  });
});
