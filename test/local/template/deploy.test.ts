import { deploy } from '../../../local/template/deploy.ts';
import type { Assembly } from '../../../local/template/load-assembly.ts';
import { ignoredTypes } from '../../../local/template/providers/ignored-types.ts';
import type { ResourceProvider } from '../../../local/template/resource-provider.ts';
import type { Template } from '../../../local/template/template.ts';

const noAssets: Assembly['assets'] = {
  byObjectKey(objectKey) {
    throw new Error(`no asset ${objectKey}`);
  },
};

const assemblyOf = (template: Template): Assembly => ({
  directory: '/nowhere',
  stackName: 'Shop',
  template,
  assets: noAssets,
});

function recorder(type: string, attributes: Record<string, string> = {}) {
  const made: { logicalId: string; properties: Record<string, unknown> }[] = [];
  const provider: ResourceProvider = {
    type,
    create(logicalId, properties) {
      made.push({ logicalId, properties });
      return { ref: `ref-of-${logicalId}`, attributes };
    },
  };
  return { provider, made };
}

describe('deploying a stack', () => {
  test('each provider gets resolved properties, after its dependencies, and outputs are resolved', async () => {
    const table = recorder('AWS::Made::Table', { Arn: 'arn:table' });
    const user = recorder('AWS::Made::User');
    const assembly = assemblyOf({
      Resources: {
        User: {
          Type: 'AWS::Made::User',
          Properties: { TableArn: { 'Fn::GetAtt': ['Table', 'Arn'] }, Nothing: { Ref: 'AWS::NoValue' } },
        },
        Table: { Type: 'AWS::Made::Table' },
      },
      Outputs: { Names: { Value: { 'Fn::Join': [' of ', [{ Ref: 'User' }, { Ref: 'Table' }]] } } },
    });
    const { outputs, resources } = await deploy(assembly, [table.provider, user.provider], ignoredTypes);
    expect(user.made).toEqual([{ logicalId: 'User', properties: { TableArn: 'arn:table' } }]);
    expect([...resources.keys()]).toEqual(['Table', 'User']);
    expect(outputs).toEqual({ Names: 'ref-of-User of ref-of-Table' });
  });

  test('unsupported types are all refused together, before anything is made', async () => {
    const table = recorder('AWS::Made::Table');
    const assembly = assemblyOf({
      Resources: {
        Table: { Type: 'AWS::Made::Table' },
        VpcOne: { Type: 'AWS::EC2::VPC' },
        VpcTwo: { Type: 'AWS::EC2::VPC' },
        Queue: { Type: 'AWS::SQS::Queue' },
      },
    });
    const failure = await deploy(assembly, [table.provider], ignoredTypes).catch(
      (error: Error) => error.message,
    );
    expect(failure).toContain('AWS::EC2::VPC: VpcOne, VpcTwo');
    expect(failure).toContain('AWS::SQS::Queue: Queue');
    expect(table.made).toEqual([]);
  });

  test.each([
    [
      'resource',
      { Resources: { Table: { Type: 'AWS::Made::Table', Condition: 'IsProd' } } },
      'Resources.Table',
    ],
    ['output', { Resources: {}, Outputs: { Name: { Value: 'x', Condition: 'IsProd' } } }, 'Outputs.Name'],
  ])('a condition of a %s is refused, with its path', async (_of, template, path) => {
    const table = recorder('AWS::Made::Table');
    await expect(deploy(assemblyOf(template), [table.provider], ignoredTypes)).rejects.toThrow(
      `${path}.Condition: conditions are not supported.`,
    );
    expect(table.made).toEqual([]);
  });

  test('an ignored type is not made, yet can be referred to', async () => {
    const table = recorder('AWS::Made::Table');
    const assembly = assemblyOf({
      Resources: {
        Role: { Type: 'AWS::IAM::Role' },
        Table: {
          Type: 'AWS::Made::Table',
          Properties: { RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] }, RoleName: { Ref: 'Role' } },
        },
      },
    });
    await deploy(assembly, [table.provider], ignoredTypes);
    expect(table.made[0]?.properties).toEqual({
      RoleArn: expect.stringMatching(/^arn:aws:iam::000000000000:role\/Shop-Role-[A-Z0-9]{12}$/),
      RoleName: expect.stringMatching(/^Shop-Role-[A-Z0-9]{12}$/),
    });
  });

  test("a provider's refusal is reported with logical id and type", async () => {
    const provider: ResourceProvider = {
      type: 'AWS::Made::Table',
      create() {
        throw new Error('streams are not supported');
      },
    };
    const assembly = assemblyOf({ Resources: { Table: { Type: 'AWS::Made::Table' } } });
    await expect(deploy(assembly, [provider], ignoredTypes)).rejects.toThrow(
      'Resources.Table (AWS::Made::Table): streams are not supported',
    );
  });

  test('a Python function that only runs a bucket deployment is not hosted; any other use makes it a function', async () => {
    const fn = recorder('AWS::Lambda::Function', { Arn: 'arn:fn' });
    const deployment = recorder('Custom::CDKBucketDeployment');
    const table = recorder('AWS::Made::Table');
    const Resources = {
      Handler: { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'python3.13' } },
      Deployment: {
        Type: 'Custom::CDKBucketDeployment',
        Properties: { ServiceToken: { 'Fn::GetAtt': ['Handler', 'Arn'] } },
      },
      Permission: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: { Ref: 'Handler' } } },
    };
    const providers = [fn.provider, deployment.provider, table.provider];
    await deploy(assemblyOf({ Resources }), providers, ignoredTypes);
    expect(fn.made).toEqual([]);
    expect(deployment.made[0]?.properties.ServiceToken).toMatch(
      /^arn:aws:lambda:us-east-1:000000000000:function:/,
    );

    const Table = { Type: 'AWS::Made::Table', Properties: { Sweeper: { Ref: 'Handler' } } };
    await deploy(assemblyOf({ Resources: { ...Resources, Table } }), providers, ignoredTypes);
    expect(fn.made).toHaveLength(1);
  });

  test('a macro is refused by name', async () => {
    const assembly = assemblyOf({ Resources: {}, Transform: 'AWS::Serverless-2016-10-31' });
    await expect(deploy(assembly, [], ignoredTypes)).rejects.toThrow(
      'Transform: AWS::Serverless-2016-10-31 is not supported.',
    );
  });
});
