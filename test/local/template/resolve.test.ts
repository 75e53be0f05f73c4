// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the syntax of Fn::Sub
import { resolveIn } from './template-scope.ts';

describe('references', () => {
  test('Ref gives the physical id of a resource', () => {
    expect(resolveIn({ Ref: 'Bucket' })).toBe('site-bucket');
  });

  test.each([
    ['AWS::Region', 'us-east-1'],
    ['AWS::AccountId', '000000000000'],
    ['AWS::Partition', 'aws'],
    ['AWS::URLSuffix', 'amazonaws.com'],
    ['AWS::StackName', 'Shop'],
  ])('Ref gives pseudo parameter %s', (name, value) => {
    expect(resolveIn({ Ref: name })).toBe(value);
  });

  test('AWS::StackId is an ARN of the stack', () => {
    expect(resolveIn({ Ref: 'AWS::StackId' })).toMatch(
      /^arn:aws:cloudformation:us-east-1:000000000000:stack\/Shop\//,
    );
  });

  test('AWS::NoValue takes its property and its list item with it', () => {
    const value = { kept: 1, gone: { Ref: 'AWS::NoValue' }, list: ['a', { Ref: 'AWS::NoValue' }, 'b'] };
    expect(resolveIn(value)).toEqual({ kept: 1, list: ['a', 'b'] });
  });

  test.each([[['Bucket', 'Arn']], ['Bucket.Arn']])('Fn::GetAtt takes %j', (argument) => {
    expect(resolveIn({ 'Fn::GetAtt': argument })).toBe('arn:aws:s3:::site-bucket');
  });

  test('a dotted attribute name stays whole', () => {
    expect(resolveIn({ 'Fn::GetAtt': 'Bucket.Nested.Key' })).toBe('n');
  });

  test('an unknown attribute is named with the resource type', () => {
    expect(() => resolveIn({ 'Fn::GetAtt': ['Bucket', 'Nope'] })).toThrow(
      /attribute Nope of Bucket \(AWS::S3::Bucket\) is not supported/,
    );
  });

  test('an unknown name is told with its path in the template', () => {
    expect(() => resolveIn({ a: [{ Ref: 'Nowhere' }] })).toThrow(
      'Resources.X.Properties.Y.a[0].Ref: nothing in the template is called Nowhere.',
    );
  });
});

describe('text and lists', () => {
  test('Fn::Join joins resolved parts, numbers included', () => {
    expect(resolveIn({ 'Fn::Join': ['-', ['a', { Ref: 'Bucket' }, 3]] })).toBe('a-site-bucket-3');
  });

  test('Fn::Sub fills in references, attributes and pseudo parameters and keeps literals', () => {
    const text = 'arn:${AWS::Partition}:${Bucket}/${Bucket.Arn}/${!Literal}';
    expect(resolveIn({ 'Fn::Sub': text })).toBe('arn:aws:site-bucket/arn:aws:s3:::site-bucket/${Literal}');
  });

  test("Fn::Sub's own names come before the template's", () => {
    const argument = ['${Bucket}/${Extra}', { Bucket: 'mine', Extra: { Ref: 'AWS::Region' } }];
    expect(resolveIn({ 'Fn::Sub': argument })).toBe('mine/us-east-1');
  });

  test('Fn::Select and Fn::Split nest', () => {
    const url = { 'Fn::Join': ['', ['https://', { Ref: 'Bucket' }, '/prod/']] };
    expect(resolveIn({ 'Fn::Select': ['2', { 'Fn::Split': ['/', url] }] })).toBe('site-bucket');
  });

  test('Fn::Select past the end is an error', () => {
    expect(() => resolveIn({ 'Fn::Select': [2, ['a', 'b']] })).toThrow(/has no item 2 in a list of 2/);
  });

  test('Fn::Base64 encodes', () => {
    expect(resolveIn({ 'Fn::Base64': 'grüß' })).toBe(Buffer.from('grüß').toString('base64'));
  });

  test('Fn::GetAZs of no Region gives those of the own one', () => {
    expect(resolveIn({ 'Fn::GetAZs': '' })).toEqual(['us-east-1a', 'us-east-1b', 'us-east-1c']);
  });

  test('Fn::Length counts and Fn::ToJsonString serializes what is resolved', () => {
    expect(resolveIn({ 'Fn::Length': { 'Fn::Split': [',', 'a,b,c'] } })).toBe(3);
    expect(resolveIn({ 'Fn::ToJsonString': { name: { Ref: 'Bucket' } } })).toBe('{"name":"site-bucket"}');
  });

  test('Fn::FindInMap takes computed keys', () => {
    const Mappings = { Runtimes: { 'us-east-1': { node: 'nodejs24.x' } } };
    const value = { 'Fn::FindInMap': ['Runtimes', { Ref: 'AWS::Region' }, 'node'] };
    expect(resolveIn(value, { Mappings })).toBe('nodejs24.x');
    expect(() => resolveIn({ 'Fn::FindInMap': ['Runtimes', 'mars', 'node'] }, { Mappings })).toThrow(
      /Mappings.Runtimes.mars.node doesn't exist/,
    );
  });
});

describe('conditions', () => {
  const Conditions = {
    IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
    IsNot: { 'Fn::Not': [{ Condition: 'IsProd' }] },
    Both: { 'Fn::And': [{ Condition: 'IsProd' }, { 'Fn::Equals': [1, '1'] }] },
    Either: { 'Fn::Or': [{ Condition: 'IsNot' }, { Condition: 'Both' }] },
    Loop: { 'Fn::Not': [{ Condition: 'Loop' }] },
  };
  const Parameters = { Stage: { Type: 'String', Default: 'prod' } };
  const choose = (name: string, parameters = {}) =>
    resolveIn({ 'Fn::If': [name, 'yes', 'no'] }, { Conditions, Parameters }, parameters);

  test.each([
    ['IsProd', 'yes', 'no'],
    ['IsNot', 'no', 'yes'],
    ['Both', 'yes', 'no'],
    ['Either', 'yes', 'yes'],
  ])('Fn::If on %s is %s in prod and %s elsewhere', (name, inProd, elsewhere) => {
    expect(choose(name)).toBe(inProd);
    expect(choose(name, { Stage: 'dev' })).toBe(elsewhere);
  });

  test('only the branch taken is resolved', () => {
    const value = { 'Fn::If': ['IsProd', 'fine', { Ref: 'Absent' }] };
    expect(resolveIn(value, { Conditions, Parameters })).toBe('fine');
  });

  test('a condition that depends on itself is an error', () => {
    expect(() => choose('Loop')).toThrow(/condition Loop depends on itself/);
  });

  test('an IAM statement keeps its Condition', () => {
    const statement = { Effect: 'Allow', Condition: { Bool: { 'aws:SecureTransport': 'true' } } };
    expect(resolveIn(statement)).toEqual(statement);
  });
});

describe('parameters', () => {
  test('a given value goes before the default', () => {
    const Parameters = { Size: { Type: 'Number', Default: 3 } };
    expect(resolveIn({ Ref: 'Size' }, { Parameters })).toBe('3');
    expect(resolveIn({ Ref: 'Size' }, { Parameters }, { Size: '9' })).toBe('9');
  });

  test('a list parameter is a list', () => {
    const Parameters = { Zones: { Type: 'CommaDelimitedList', Default: 'a, b' } };
    expect(resolveIn({ Ref: 'Zones' }, { Parameters })).toEqual(['a', 'b']);
  });

  test('a parameter without value is told by name, and a value outside of the allowed ones too', () => {
    expect(() => resolveIn({ Ref: 'P' }, { Parameters: { P: { Type: 'String' } } })).toThrow(
      /Parameters.P: has no default/,
    );
    const Parameters = { P: { Type: 'String', Default: 'x', AllowedValues: ['a', 'b'] } };
    expect(() => resolveIn({ Ref: 'P' }, { Parameters })).toThrow(/must be one of a, b/);
  });

  test('a parameter from Parameter Store is refused when something reads it', () => {
    const Parameters = { B: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/x' } };
    expect(() => resolveIn({ Ref: 'B' }, { Parameters })).toThrow(/reads Parameter Store/);
  });
});

describe('what is refused', () => {
  test.each(['Fn::Cidr', 'Fn::ImportValue', 'Fn::Transform', 'Fn::Made::Up'])('%s, with its path', (name) => {
    const path = 'Resources.X.Properties.Y.deep[0]';
    expect(() => resolveIn({ deep: [{ [name]: 'x' }] })).toThrow(path);
    expect(() => resolveIn({ deep: [{ [name]: 'x' }] })).toThrow(name);
  });

  test('a condition function outside of Conditions', () => {
    expect(() => resolveIn({ 'Fn::Equals': ['a', 'a'] })).toThrow(/may stand in Conditions only/);
  });

  test('an intrinsic function beside other keys', () => {
    expect(() => resolveIn({ 'Fn::Join': ['', []], other: 1 })).toThrow(/Fn::Join must be the only key/);
  });

  test.each([
    ['as it is', '{{resolve:secretsmanager:x}}'],
    ['put together', { 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'Bucket' }, '}}']] }],
    ['of another service', '{{resolve:ssm:/shop/url}}'],
  ])('a dynamic reference outside of a resource’s properties, %s', (_, value) => {
    expect(() => resolveIn([value])).toThrow(/Properties.Y\[0\]: the dynamic reference .* is not supported/);
  });
});
