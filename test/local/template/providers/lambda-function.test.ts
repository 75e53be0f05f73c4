import type { FunctionDefinition } from '../../../../local/aws/lambda/function-definition.ts';
import { lambdaFunction } from '../../../../local/template/providers/lambda-function.ts';
import { context } from './provider-context.ts';

const wanted = {
  Runtime: 'nodejs24.x',
  Handler: 'index.handler',
  Code: { S3Bucket: 'b', S3Key: 'hash.zip' },
};

async function define(properties: Record<string, unknown>) {
  const defined: FunctionDefinition[] = [];
  const provider = lambdaFunction(
    { defineFunction: (definition) => void defined.push(definition) },
    'http://127.0.0.1:1/login',
  );
  const created = await provider.create('Chat', { ...wanted, ...properties }, context);
  return { created, definition: defined[0] };
}

describe('AWS::Lambda::Function', () => {
  test("Lambda's own defaults apply where the template sets nothing", async () => {
    const { created, definition } = await define({ FunctionName: 'chat' });
    expect(definition).toEqual({
      name: 'chat',
      arn: 'arn:aws:lambda:us-east-1:000000000000:function:chat',
      codeDirectory: '/cdk.out/asset.hash.zip',
      handler: 'index.handler',
      shortName: 'Chat',
      memoryMegabytes: 128,
      timeoutSeconds: 3,
      environment: {},
    });
    expect(created).toEqual({ ref: 'chat', attributes: { Arn: definition?.arn } });
  });

  test('numbers may come as text, and reserved concurrency is passed on', async () => {
    const { definition } = await define({
      MemorySize: '512',
      Timeout: '30',
      ReservedConcurrentExecutions: 0,
    });
    expect(definition).toMatchObject({ memoryMegabytes: 512, timeoutSeconds: 30, reservedConcurrency: 0 });
  });

  test.each([
    [{ Runtime: 'python3.13' }, /runtime python3.13 is not supported/],
    [{ Layers: ['arn'] }, /layers are not supported/],
    [{ Code: { ZipFile: 'x' } }, /only code from an asset|inline code/],
    [{ PackageType: 'Image' }, /container images are not supported/],
    [{ Timeout: 901 }, /Timeout/],
    [{ MemorySize: 127 }, /MemorySize/],
    [{ MemorySize: '10241' }, /MemorySize/],
    [{ FunctionName: 'x'.repeat(65) }, /1 to 64 letters/],
    [{ Environment: { Variables: { AWS_REGION: 'eu-west-1' } } }, /'AWS_REGION' is reserved by Lambda/],
    [{ Environment: { Variables: { '1ST': 'a' } } }, /'1ST' must be a letter/],
    [{ Environment: { Variables: { BIG: 'x'.repeat(4096) } } }, /fit into 4096 bytes/],
    [{ LoggingConfig: { SystemLogLevel: 'WARN' } }, /log levels need LogFormat JSON/],
    [{ LoggingConfig: { LogFormat: 'JSON', SystemLogLevel: 'ERROR' } }, /SystemLogLevel/],
    [{ Code: { S3Key: 'plain.js' } }, /plain.js is not a directory/],
  ])('%j is refused by name', async (properties, message) => {
    await expect(define(properties)).rejects.toThrow(message);
  });
});
