import { resolve } from 'node:path';
import { purposeOf } from '../../core/one-time-messages/sealed-text.ts';
import { sealedFor } from '../../core/provider-keys/kept-keys.ts';
import type { NamedModel } from '../../lib/constructs/functions/model-arns.ts';
import { readSettings } from '../../lib/settings.ts';
import { smallest } from './settings-file.ts';
import { synth } from './synth.ts';
import {
  denialsOf,
  flat,
  functionsOf,
  type Grant,
  grantsOf,
  grantsOfRole,
  onlyResource,
  readTemplate,
  resourcesOf,
} from './template.ts';

const template = readTemplate();
const functions = functionsOf(template);
const handlers = [...functions.keys()];
const table = `<${onlyResource(template, 'AWS::DynamoDB::Table').id}.Arn>`;
const gateway = 'arn:<AWS::Partition>:apigateway:<AWS::Region>::';

const shown = readSettings(resolve(import.meta.dirname, '../../daypass.yml'));
const chats = ['chat-completions', 'messages', 'responses'];
const foundationModel = (region: string, id: string) =>
  `arn:<AWS::Partition>:bedrock:${region}::foundation-model/${id}`;

const alarmNames = [...resourcesOf(template, 'AWS::CloudWatch::Alarm').values()].map(
  ({ Properties }) => Properties.AlarmName,
);
const alarmArn = (name: string) =>
  `arn:<AWS::Partition>:cloudwatch:<AWS::Region>:<AWS::AccountId>:alarm:${name}`;

/** What each function may do besides logging and tracing, as `action resource`. */
const own = (handler: string) =>
  grantsOf(template, handler)
    .filter(({ action }) => !/^(logs|xray):/.test(action))
    .map(text)
    .sort();
const text = ({ action, resource }: Grant) => `${action} ${resource}`;
const onTable = (...actions: string[]) => actions.map((action) => `dynamodb:${action} ${table}`);
const whoMay = (matches: (grant: Grant) => boolean) =>
  handlers.filter((handler) => grantsOf(template, handler).some(matches)).sort();

test('every function has a role of its own', () => {
  const roles = [...resourcesOf(template, 'AWS::Lambda::Function').values()].map(({ Properties }) =>
    flat(Properties.Role),
  );
  expect(roles.length).toBeGreaterThan(handlers.length);
  expect(new Set(roles).size).toBe(roles.length);
});

test('our roles have no managed policies, and only Lambda assumes them', () => {
  for (const [, [, { Properties }]] of functions) {
    const role = template.Resources[flat(Properties.Role).slice(1, -'.Arn>'.length)];
    expect(role?.Properties.ManagedPolicyArns).toBeUndefined();
    expect(role?.Properties.AssumeRolePolicyDocument.Statement).toEqual([
      { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } },
    ]);
  }
});

test('no action has a wildcard', () => {
  const wild = handlers.flatMap((handler) =>
    grantsOf(template, handler).filter(({ action }) => action.includes('*')),
  );
  expect(wild).toEqual([]);
});

test('resources have wildcards where listed only: tracing, and paths of API Gateway', () => {
  const wild = handlers.flatMap((handler) =>
    grantsOf(template, handler)
      .filter(({ resource }) => resource.includes('*'))
      .map(text),
  );
  expect([...new Set(wild)].sort()).toEqual(
    [
      `apigateway:DELETE ${gateway}/apikeys/*`,
      `apigateway:DELETE ${gateway}/usageplans/*/keys/*`,
      `apigateway:GET ${gateway}/usageplans/*/keys`,
      `apigateway:PATCH ${gateway}/usageplans/*/keys/*/usage`,
      `apigateway:POST ${gateway}/usageplans/*/keys`,
      'xray:PutTelemetryRecords *',
      'xray:PutTraceSegments *',
    ].sort(),
  );
});

test('CDK’s own copy function reaches the site bucket and the assets, and nothing of ours', () => {
  const roles = [...resourcesOf(template, 'AWS::IAM::Role').keys()].filter((id) =>
    id.startsWith('CustomCDK'),
  );
  expect(roles).toHaveLength(1);
  const bucket = onlyResource(template, 'AWS::S3::Bucket').id;
  const grants = grantsOfRole(template, roles[0] ?? '');
  expect(grants.filter(({ action }) => !/^(s3|logs):/.test(action))).toEqual([]);
  const others = grants.filter(
    ({ action, resource }) =>
      action.startsWith('s3:') && !resource.startsWith(`<${bucket}.Arn>`) && !resource.includes(':s3:::cdk-'),
  );
  expect(others).toEqual([]);
});

test('every function writes to its own log group and no other', () => {
  for (const [handler, [, { Properties }]] of functions) {
    const group = flat(Properties.LoggingConfig.LogGroup).slice(1, -1);
    const logs = grantsOf(template, handler).filter(({ action }) => action.startsWith('logs:'));
    expect(logs.map(text).sort()).toEqual([
      `logs:CreateLogStream <${group}.Arn>`,
      `logs:PutLogEvents <${group}.Arn>`,
    ]);
  }
});

test('no function may change or delete an event of the audit trail, whatever else it may', () => {
  const changes = ['dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'];
  const others = /^dynamodb:(PartiQL\w+|DeleteTable|UpdateTimeToLive|RestoreTable\w*|ImportTable)$/;
  expect(whoMay(({ action }) => others.test(action))).toEqual([]);
  const writers = whoMay(({ action }) => changes.includes(action));
  expect(writers).toContain('reconcile');
  for (const handler of writers) {
    const may = grantsOf(template, handler)
      .map(({ action }) => action)
      .filter((action) => changes.includes(action));
    const denied = denialsOf(template, handler).map(({ Action, Resource, Condition }) => ({
      actions: [Action].flat().sort(),
      resource: flat(Resource),
      Condition,
    }));
    const Condition = { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['AUDIT#*'] } };
    const all = [...new Set(denied.flatMap(({ actions }) => actions))].sort();
    expect({ handler, all }).toEqual({ handler, all: [...new Set(may)].sort() });
    expect(denied).toEqual(denied.map(({ actions }) => ({ actions, resource: table, Condition })));
  }
});

describe('keys in API Gateway', () => {
  const on = (action: string, path: RegExp) =>
    whoMay((grant) => grant.action === action && path.test(grant.resource));

  test('only create and rotate may make them, and besides change of plan and reconciler may bind them', () => {
    const makers = ['create-api-key', 'rotate-api-key'];
    expect(on('apigateway:POST', /\/apikeys$/)).toEqual(makers);
    expect(whoMay(({ action }) => action === 'apigateway:POST')).toEqual([
      'create-api-key',
      'reconcile',
      'rotate-api-key',
      'update-api-key',
    ]);
  });

  test('only change of plan and reconciler may take them out of a plan', () => {
    expect(on('apigateway:DELETE', /\/usageplans\//)).toEqual(['reconcile', 'update-api-key']);
  });

  test('only those that undo, revoke or delete an account may delete them', () => {
    expect(on('apigateway:DELETE', /\/apikeys\/\*$/)).toEqual([
      'admin',
      'create-api-key',
      'delete-me',
      'reconcile',
      'reset-password',
      'revoke-api-key',
      'rotate-api-key',
    ]);
  });

  test('only those that charge, and a change of plan, may lift the fence of a key, and change nothing else', () => {
    const lifts = [...chats, 'embeddings', 'update-api-key'].sort();
    expect(on('apigateway:PATCH', /\/usageplans\/\*\/keys\/\*\/usage$/)).toEqual(lifts);
    expect(whoMay(({ action }) => action === 'apigateway:PATCH')).toEqual(lifts);
    expect(on('apigateway:PATCH', /(?<!\/usage)$/)).toEqual([]);
  });

  test('nobody may read a key’s secret, nor change a key or a plan', () => {
    expect(on('apigateway:GET', /\/apikeys\//)).toEqual([]);
    expect(whoMay(({ action }) => /^apigateway:(PUT|\*)$/.test(action))).toEqual([]);
    const reads = handlers.flatMap((handler) =>
      grantsOf(template, handler).filter(({ action }) => action === 'apigateway:GET'),
    );
    expect(new Set(reads.map(({ resource }) => resource))).toEqual(
      new Set([`${gateway}/apikeys`, `${gateway}/usageplans`, `${gateway}/usageplans/*/keys`]),
    );
  });
});

describe('each function may do what it does and no more', () => {
  const pool = `<${onlyResource(template, 'AWS::Cognito::UserPool').id}.Arn>`;
  const sealingKey = `<${onlyResource(template, 'AWS::KMS::Key').id}.Arn>`;
  const sealing = [`kms:Decrypt ${sealingKey}`, `kms:Encrypt ${sealingKey}`];
  /** To read the app client's secret, without which Cognito takes no call. */
  const asClient = `cognito-idp:DescribeUserPoolClient ${pool}`;
  const rights: Record<string, string[]> = {
    register: [
      asClient,
      ...onTable('UpdateItem'),
      `cognito-idp:AdminGetUser ${pool}`,
      `cognito-idp:AdminDeleteUser ${pool}`,
    ],
    'confirm-registration': [asClient, ...onTable('GetItem', 'DeleteItem')],
    'resend-code': [asClient, ...onTable('UpdateItem')],
    login: [asClient],
    'refresh-login': [asClient],
    'forgot-password': [asClient, ...onTable('UpdateItem')],
    'reset-password': [
      asClient,
      ...onTable('Query', 'GetItem', 'UpdateItem', 'PutItem', 'DeleteItem'),
      `apigateway:DELETE ${gateway}/apikeys/*`,
      `apigateway:GET ${gateway}/apikeys`,
      `cognito-idp:AdminGetUser ${pool}`,
      `cognito-idp:AdminUserGlobalSignOut ${pool}`,
    ],
    logout: [asClient, ...onTable('GetItem', 'UpdateItem'), `cognito-idp:AdminUserGlobalSignOut ${pool}`],
    'console-sessions': [asClient, ...onTable('GetItem', 'UpdateItem')],
    'own-sessions': [
      ...onTable('GetItem', 'UpdateItem', 'Query'),
      `cognito-idp:AdminUserGlobalSignOut ${pool}`,
    ],
    'change-password': [
      asClient,
      ...onTable('GetItem', 'UpdateItem'),
      `cognito-idp:AdminUserGlobalSignOut ${pool}`,
    ],
    me: onTable('GetItem', 'BatchGetItem', 'UpdateItem', 'PutItem', 'ConditionCheckItem'),
    'delete-me': [
      ...onTable('Query', 'GetItem', 'BatchGetItem', 'UpdateItem', 'PutItem', 'DeleteItem', 'BatchWriteItem'),
      `cognito-idp:AdminDeleteUser ${pool}`,
      `apigateway:DELETE ${gateway}/apikeys/*`,
      `apigateway:GET ${gateway}/apikeys`,
    ],
    admin: [
      ...onTable('Query', 'GetItem', 'BatchGetItem', 'UpdateItem', 'PutItem', 'DeleteItem', 'BatchWriteItem'),
      `dynamodb:Query ${table}/index/calls`,
      asClient,
      ...[
        'ListUsers',
        'AdminGetUser',
        'AdminListGroupsForUser',
        'AdminCreateUser',
        'AdminSetUserPassword',
        'AdminSetUserMFAPreference',
        'AdminUserGlobalSignOut',
        'AdminEnableUser',
        'AdminDeleteUser',
      ].map((operation) => `cognito-idp:${operation} ${pool}`),
      `apigateway:DELETE ${gateway}/apikeys/*`,
      `apigateway:GET ${gateway}/apikeys`,
      ...alarmNames.map((name) => `cloudwatch:DescribeAlarms ${alarmArn(name)}`),
    ],
    'list-plans': [],
    'create-api-key': [
      ...onTable(
        'UpdateItem',
        'PutItem',
        'DeleteItem',
        'GetItem',
        'BatchGetItem',
        'Query',
        'ConditionCheckItem',
      ),
      ...sealing,
      // Provider keys, which the other statement leaves out.
      `kms:Encrypt ${sealingKey}`,
      `apigateway:POST ${gateway}/apikeys`,
      `apigateway:GET ${gateway}/apikeys`,
      `apigateway:GET ${gateway}/usageplans`,
      `apigateway:POST ${gateway}/usageplans/*/keys`,
      `apigateway:DELETE ${gateway}/apikeys/*`,
    ],
    'rotate-api-key': [
      ...onTable('GetItem', 'BatchGetItem', 'UpdateItem', 'PutItem', 'DeleteItem'),
      ...sealing,
      `apigateway:POST ${gateway}/apikeys`,
      `apigateway:GET ${gateway}/apikeys`,
      `apigateway:GET ${gateway}/usageplans`,
      `apigateway:POST ${gateway}/usageplans/*/keys`,
      `apigateway:DELETE ${gateway}/apikeys/*`,
    ],
    reconcile: [
      ...onTable('GetItem', 'BatchGetItem', 'Query', 'UpdateItem', 'PutItem', 'DeleteItem', 'BatchWriteItem'),
      `dynamodb:ConditionCheckItem ${table}`,
      `cognito-idp:AdminDeleteUser ${pool}`,
      `cognito-idp:AdminGetUser ${pool}`,
      `cognito-idp:ListUsers ${pool}`,
      `apigateway:GET ${gateway}/apikeys`,
      `apigateway:GET ${gateway}/usageplans`,
      `apigateway:GET ${gateway}/usageplans/*/keys`,
      `apigateway:POST ${gateway}/usageplans/*/keys`,
      `apigateway:DELETE ${gateway}/usageplans/*/keys/*`,
      `apigateway:DELETE ${gateway}/apikeys/*`,
    ],
    'list-api-keys': onTable('GetItem', 'Query', 'BatchGetItem'),
    'get-api-key': onTable('GetItem', 'BatchGetItem'),
    'update-api-key': [
      ...onTable(
        'GetItem',
        'BatchGetItem',
        'Query',
        'UpdateItem',
        'PutItem',
        'DeleteItem',
        'ConditionCheckItem',
      ),
      `kms:Encrypt ${sealingKey}`,
      `apigateway:GET ${gateway}/usageplans`,
      `apigateway:POST ${gateway}/usageplans/*/keys`,
      `apigateway:DELETE ${gateway}/usageplans/*/keys/*`,
      `apigateway:PATCH ${gateway}/usageplans/*/keys/*/usage`,
    ],
    'revoke-api-key': [
      ...onTable('GetItem', 'Query', 'UpdateItem', 'PutItem', 'DeleteItem'),
      `apigateway:GET ${gateway}/apikeys`,
      `apigateway:DELETE ${gateway}/apikeys/*`,
    ],
    'get-current-key': onTable('GetItem', 'BatchGetItem'),
    usage: onTable('GetItem', 'Query', 'BatchGetItem'),
    'count-message-tokens': [
      ...onTable('GetItem', 'BatchGetItem', 'UpdateItem'),
      // Only of models that are known to count, and by the model itself: profiles count nothing.
      `bedrock:CountTokens ${foundationModel('<AWS::Region>', 'anthropic.claude-haiku-4-5-20251001-v1:0')}`,
      `bedrock:CountTokens ${foundationModel('<AWS::Region>', 'anthropic.claude-sonnet-4-6')}`,
    ],
    'one-time-messages': [
      ...onTable('GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'),
      `kms:Decrypt ${sealingKey}`,
      `kms:GenerateDataKey ${sealingKey}`,
    ],
    // Seals and opens nothing.
    'provider-keys': [
      ...onTable('GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'),
      `kms:Encrypt ${sealingKey}`,
    ],
    models: [],
    'get-openapi': [],
  };

  test('the list names every function but those that are metered', () => {
    expect([...Object.keys(rights), ...chats, 'embeddings'].sort()).toEqual([...handlers].sort());
  });

  test.each(Object.entries(rights))('%s', (handler, expected) => {
    expect(own(handler)).toEqual([...expected].sort());
  });

  test('chats, embeddings and counts of other providers’ models may read their secrets and open provider keys, and nothing else sealed', () => {
    const [model] = shown.models;
    const providers = {
      openai: { apiKey: { secret: 'llm/openai' } },
      anthropic: { apiKey: { secret: 'llm/anthropic' } },
    };
    const other = { ...model, fallbacks: [], name: 'gpt', provider: 'openai', modelId: 'gpt-6' };
    const { plans } = smallest;
    const claude = { ...other, name: 'claude', provider: 'anthropic', modelId: 'claude-haiku-4-5' };
    const embeddingModels = [
      {
        name: 'embed',
        provider: 'openai',
        modelId: 'text-embedding-3-small',
        pricePerMillionTokens: { input: 1 },
      },
    ];
    const open = synth({ settings: { plans, providers, models: [other, claude], embeddingModels } });
    const grantsFor = (handler: string) =>
      grantsOf(open, handler)
        .filter(({ action }) => /^(kms|secretsmanager|bedrock):/.test(action))
        .map(text)
        .sort();
    const secretOf = (name: string) =>
      `secretsmanager:GetSecretValue arn:<AWS::Partition>:secretsmanager:<AWS::Region>:<AWS::AccountId>:secret:llm/${name}-??????`;
    const ownKey = `kms:Decrypt <${onlyResource(open, 'AWS::KMS::Key').id}.Arn>`;
    expect(grantsFor('messages')).toEqual([ownKey, secretOf('anthropic'), secretOf('openai')]);
    expect(grantsFor('embeddings')).toEqual([ownKey, secretOf('openai')]);
    expect(grantsFor('count-message-tokens')).toEqual([ownKey, secretOf('anthropic')]);
    const statements = [...resourcesOf(open, 'AWS::IAM::Policy').values()].flatMap(
      ({ Properties }) =>
        Properties.PolicyDocument.Statement as { Action: string | string[]; Condition?: unknown }[],
    );
    const opening = statements.filter(({ Action }) => [Action].flat().includes('kms:Decrypt'));
    const operations = opening.map(({ Condition }) => {
      const { StringLike, ...others } = Condition as { StringLike: Record<string, unknown> };
      expect(others).toEqual({});
      return [StringLike['kms:EncryptionContext:operation']].flat().join(' ');
    });
    // Three dialects, embeddings and counts.
    const [chat, answer] = [sealedFor, 'create rotate.*'];
    const message = String(purposeOf('sec_1').operation);
    const opened = [chat, chat, chat, chat, chat, answer, answer, message];
    expect(operations.sort()).toEqual(opened.sort());
  });

  test('without confirmation register may confirm, in this pool only', () => {
    const { plans, models } = shown;
    const open = synth({
      settings: {
        plans: plans.map(({ name, requestsPerDay }) => ({ name, requestsPerDay })),
        models: models.slice(0, 1).map((model) => ({ ...model, fallbacks: [] })),
        signUp: { confirmation: 'off' },
      },
    });
    const grants = grantsOf(open, 'register').filter(({ action }) => action.startsWith('cognito-idp:'));
    expect(grants.map(text).sort()).toEqual([
      `cognito-idp:AdminConfirmSignUp ${pool}`,
      `cognito-idp:AdminDeleteUser ${pool}`,
      `cognito-idp:AdminGetUser ${pool}`,
      `cognito-idp:AdminUpdateUserAttributes ${pool}`,
      asClient,
    ]);
  });
});

describe('what is metered may charge on the table, and call the listed models by the ARNs they take', () => {
  const { models, embeddingModels } = shown;
  const charging = [
    ...onTable('UpdateItem', 'PutItem', 'DeleteItem', 'ConditionCheckItem', 'GetItem', 'BatchGetItem'),
    `apigateway:PATCH ${gateway}/usageplans/*/keys/*/usage`,
  ];
  const arnsOf = (list: readonly NamedModel[]) =>
    list.flatMap(({ modelId, inferenceProfile, inferenceRegions }) => {
      if (inferenceProfile === undefined) return [foundationModel('<AWS::Region>', modelId)];
      const global = inferenceProfile.startsWith('global.');
      const regions = global ? ['<AWS::Region>', ''] : (inferenceRegions ?? []);
      return [
        `arn:<AWS::Partition>:bedrock:<AWS::Region>:<AWS::AccountId>:inference-profile/${inferenceProfile}`,
        ...regions.map((region) => foundationModel(region, modelId)),
      ];
    });

  test('the default list has profiles of both kinds', () => {
    expect(models.some(({ inferenceProfile }) => inferenceProfile?.startsWith('us.'))).toBe(true);
    expect(models.some(({ inferenceProfile }) => inferenceProfile?.startsWith('global.'))).toBe(true);
  });

  test.each(chats)('%s', (handler) => {
    const byOpenAi = models.filter(({ provider }) => provider === 'bedrock-openai');
    const calls = new Set([
      ...arnsOf(models).map((arn) => `bedrock:InvokeModelWithResponseStream ${arn}`),
      ...arnsOf(byOpenAi).map((arn) => `bedrock:InvokeModel ${arn}`),
    ]);
    expect(own(handler)).toEqual([...charging, ...calls].sort());
  });

  test('embeddings', () => {
    const calls = new Set(arnsOf(embeddingModels).map((arn) => `bedrock:InvokeModel ${arn}`));
    expect(own('embeddings')).toEqual([...charging, ...calls].sort());
  });

  test('a guardrail of the settings may be applied, that one only, and only by chats', () => {
    const guarded = synth({
      settings: {
        plans: shown.plans.map(({ name, requestsPerDay }) => ({ name, requestsPerDay })),
        models: models.slice(0, 1).map((model) => ({ ...model, fallbacks: [] })),
        chat: { guardrail: { id: 'gr1234567890', version: '2' } },
      },
    });
    const grants = handlers.flatMap((handler) =>
      grantsOf(guarded, handler)
        .filter(({ action }) => action === 'bedrock:ApplyGuardrail')
        .map(({ resource }) => [handler, resource]),
    );
    const arn = 'arn:<AWS::Partition>:bedrock:<AWS::Region>:<AWS::AccountId>:guardrail/gr1234567890';
    expect(grants.sort()).toEqual(chats.map((handler) => [handler, arn]).sort());
  });
});
