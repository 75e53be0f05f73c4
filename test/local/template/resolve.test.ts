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

  test('AWS::NoValue removes its property or list item', () => {
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

  test('an unknown name is reported with its path in the template', () => {
    expect(() => resolveIn({ a: [{ Ref: 'Nowhere' }] })).toThrow(
      'Resources.X.Properties.Y.a[0].Ref: no resource is called Nowhere; parameters are not supported.',
    );
  });
});

describe('text', () => {
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

  test('an IAM statement keeps its Condition', () => {
    const statement = { Effect: 'Allow', Condition: { Bool: { 'aws:SecureTransport': 'true' } } };
    expect(resolveIn(statement)).toEqual(statement);
  });
});

describe('refusals', () => {
  test.each(['Fn::If', 'Fn::FindInMap', 'Fn::Select', 'Fn::ImportValue', 'Fn::Made::Up'])(
    '%s, with its path',
    (name) => {
      const path = 'Resources.X.Properties.Y.deep[0]';
      expect(() => resolveIn({ deep: [{ [name]: 'x' }] })).toThrow(path);
      expect(() => resolveIn({ deep: [{ [name]: 'x' }] })).toThrow(name);
    },
  );

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
