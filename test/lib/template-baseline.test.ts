import { randomBytes } from 'node:crypto';
import { passwordPolicy } from '../../core/contract/accounts/password-policy.ts';
import { clientAddress } from '../../core/metering/client-address.ts';
import { heartbeatMs } from '../../lambda/http/streaming/heartbeat.ts';
import { patienceMs } from '../../lambda/http/streaming/slow-answer.ts';
import { smallest } from './settings-file.ts';
import { synth } from './synth.ts';
import { flat, functionsOf, grantsOf, onlyResource, readTemplate, resourcesOf } from './template.ts';

const template = readTemplate();
const dev = synth({ stage: 'dev' });

describe('the table', () => {
  const table = onlyResource(template, 'AWS::DynamoDB::Table');

  test('bills by request, expires items, and can be restored to any second', () => {
    expect(table.Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true },
    });
  });

  test('outlives the stack in prod, and goes with it in dev', () => {
    expect(table.Properties.DeletionProtectionEnabled).toBe(true);
    expect([table.DeletionPolicy, table.UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
    const devTable = onlyResource(dev, 'AWS::DynamoDB::Table');
    expect(devTable.Properties.DeletionProtectionEnabled).toBe(false);
    expect(devTable.DeletionPolicy).toBe('Delete');
  });
});

describe('Cognito', () => {
  const pool = onlyResource(template, 'AWS::Cognito::UserPool');
  const { Properties: client } = onlyResource(template, 'AWS::Cognito::UserPoolClient');

  test('users outlive the stack in prod, and go with it in dev', () => {
    expect(pool.Properties.DeletionProtection).toBe('ACTIVE');
    expect([pool.DeletionPolicy, pool.UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
    const devPool = onlyResource(dev, 'AWS::Cognito::UserPool');
    expect(devPool.Properties.DeletionProtection).not.toBe('ACTIVE');
    expect(devPool.DeletionPolicy).toBe('Delete');
  });

  test('passwords have 12 characters or more, upper-case and lower-case letters and a digit', () => {
    expect(pool.Properties.Policies.PasswordPolicy).toMatchObject({
      RequireLowercase: true,
      RequireUppercase: true,
      RequireNumbers: true,
    });
    expect(pool.Properties.Policies.PasswordPolicy.MinimumLength).toBe(passwordPolicy.minLength);
    expect(passwordPolicy.minLength).toBeGreaterThanOrEqual(12);
  });

  test('a second factor is there for whoever wants it, by app and not by text message', () => {
    expect(pool.Properties.MfaConfiguration).toBe('OPTIONAL');
    expect(pool.Properties.EnabledMfas).toEqual(['SOFTWARE_TOKEN_MFA']);
  });

  test('a password is recovered by e-mail only', () => {
    expect(pool.Properties.AccountRecoverySetting.RecoveryMechanisms).toEqual([
      { Name: 'verified_email', Priority: 1 },
    ]);
  });

  test('nobody learns from a refusal who has an account', () => {
    expect(client.PreventUserExistenceErrors).toBe('ENABLED');
  });

  test('a user may write their address and nothing else', () => {
    expect(client.WriteAttributes).toEqual(['email']);
  });

  test('tokens last an hour at most, and can be revoked', () => {
    expect(client.TokenValidityUnits).toMatchObject({ IdToken: 'minutes', AccessToken: 'minutes' });
    expect(client.IdTokenValidity).toBeLessThanOrEqual(60);
    expect(client.AccessTokenValidity).toBeLessThanOrEqual(60);
    expect(client.EnableTokenRevocation).toBe(true);
  });

  test('the client has no OAuth flows and no call-backs', () => {
    expect(client.AllowedOAuthFlowsUserPoolClient).toBe(false);
    expect(client.AllowedOAuthFlows).toBeUndefined();
    expect(client.CallbackURLs).toBeUndefined();
    expect([...client.ExplicitAuthFlows].sort()).toEqual([
      'ALLOW_REFRESH_TOKEN_AUTH',
      'ALLOW_USER_PASSWORD_AUTH',
    ]);
  });

  test('the client has a secret, and nothing in the template holds or shows it', () => {
    expect(client.GenerateSecret).toBe(true);
    expect(JSON.stringify(template)).not.toMatch(/ClientSecret/);
  });

  test('a changed address counts only once it is proven', () => {
    expect(pool.Properties.UserAttributeUpdateSettings).toEqual({
      AttributesRequireVerificationBeforeUpdate: ['email'],
    });
  });

  test('allowed domains hold in the pool too, by a trigger that only they make', () => {
    expect(pool.Properties.LambdaConfig).toBeUndefined();
    const allowedDomains = ['corp.example'];
    const closed = synth({ settings: { ...smallest, signUp: { confirmation: 'email', allowedDomains } } });
    const { Properties } = onlyResource(closed, 'AWS::Cognito::UserPool');
    const [id, { Properties: trigger }] = functionsOf(closed).get('check-sign-up') ?? [
      '',
      { Properties: {} },
    ];
    expect(Object.keys(Properties.LambdaConfig)).toEqual(['PreSignUp']);
    expect(flat(Properties.LambdaConfig.PreSignUp)).toBe(`<${id}.Arn>`);
    expect(trigger.Timeout).toBe(5);
    const callers = [...resourcesOf(closed, 'AWS::Lambda::Permission').values()].filter(
      ({ Properties: { Principal } }) => Principal === 'cognito-idp.amazonaws.com',
    );
    expect(callers).toHaveLength(1);
    expect(flat(callers[0]?.Properties.FunctionName)).toContain(id);
    expect(grantsOf(closed, 'check-sign-up').filter(({ action }) => !/^(logs|xray):/.test(action))).toEqual(
      [],
    );
  });

  test('there is a group of admins', () => {
    expect(onlyResource(template, 'AWS::Cognito::UserPoolGroup').Properties.GroupName).toBe('admins');
  });

  test('an address is confirmed by a code, unless the settings say off', () => {
    expect(pool.Properties.AutoVerifiedAttributes).toEqual(['email']);
    const open = synth({ settings: { ...smallest, signUp: { confirmation: 'off' } } });
    const { Properties } = onlyResource(open, 'AWS::Cognito::UserPool');
    expect(Properties.AutoVerifiedAttributes ?? []).toEqual([]);
    // Cognito takes it for attributes that are verified by themselves only, and keeps it where a template says nothing.
    expect(Properties.UserAttributeUpdateSettings).toEqual({ AttributesRequireVerificationBeforeUpdate: [] });
  });
});

describe('the site', () => {
  const bucket = onlyResource(template, 'AWS::S3::Bucket');

  test('lies in a private, encrypted bucket', () => {
    expect(bucket.Properties.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    expect(bucket.Properties.BucketEncryption).toBeDefined();
    expect(bucket.Properties.OwnershipControls.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }]);
    expect(bucket.Properties.WebsiteConfiguration).toBeUndefined();
  });

  test('is read by our distribution alone, signed, and over TLS', () => {
    const { Properties } = onlyResource(template, 'AWS::S3::BucketPolicy');
    const distribution = onlyResource(template, 'AWS::CloudFront::Distribution').id;
    const [deny, allow, ...others] = Properties.PolicyDocument.Statement;
    expect(others).toEqual([]);
    expect(deny).toMatchObject({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    expect(allow).toMatchObject({
      Effect: 'Allow',
      Action: 's3:GetObject',
      Principal: { Service: 'cloudfront.amazonaws.com' },
    });
    expect(flat(allow.Condition.StringEquals['AWS:SourceArn'])).toContain(`:distribution/<${distribution}>`);
    expect(
      onlyResource(template, 'AWS::CloudFront::OriginAccessControl').Properties.OriginAccessControlConfig,
    ).toMatchObject({
      OriginAccessControlOriginType: 's3',
      SigningBehavior: 'always',
      SigningProtocol: 'sigv4',
    });
  });

  test('has hashed files kept for ever, and pages that name them asked for each time and deployed after them', () => {
    const deployments = [...resourcesOf(template, 'Custom::CDKBucketDeployment')];
    const [[hashedId, hashed] = [], [, pages] = [], ...others] = deployments.sort(
      ([, one], [, other]) => Number(one.Properties.Prune === true) - Number(other.Properties.Prune === true),
    );
    expect(others).toEqual([]);
    expect(hashed?.Properties).toMatchObject({
      Exclude: ['*'],
      Include: ['assets/*'],
      Prune: false,
      SystemMetadata: { 'cache-control': 'max-age=31536000, immutable' },
    });
    expect(pages?.Properties).toMatchObject({
      Exclude: ['assets/*'],
      SystemMetadata: { 'cache-control': 'no-cache' },
    });
    expect(pages).toMatchObject({ DependsOn: expect.arrayContaining([hashedId]) });
  });

  test('may run its own scripts only and be framed by nobody', () => {
    const { ResponseHeadersPolicyConfig: config } = onlyResource(
      template,
      'AWS::CloudFront::ResponseHeadersPolicy',
    ).Properties;
    const policy: string = config.SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy;
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"]),
    );
    expect(policy).not.toMatch(/unsafe|\*|http/);
    const custom: { Header: string; Value: string }[] = config.CustomHeadersConfig.Items;
    expect(custom).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          Header: 'permissions-policy',
          Value: expect.stringContaining('camera=()'),
        }),
        expect.objectContaining({ Header: 'cross-origin-opener-policy', Value: 'same-origin' }),
      ]),
    );
    expect(config.SecurityHeadersConfig).toMatchObject({
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: 'DENY' },
      StrictTransportSecurity: { AccessControlMaxAgeSec: 63_072_000, IncludeSubdomains: true },
    });
  });
});

describe('CloudFront', () => {
  const { DistributionConfig: config } = onlyResource(template, 'AWS::CloudFront::Distribution').Properties;
  /** AWS's managed policies have the same ids everywhere. */
  const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
  const allViewerExceptHostHeader = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

  test('passes /v1/* on untouched: not cached, not compressed, all but the Host header', () => {
    expect(config.CacheBehaviors).toHaveLength(1);
    expect(config.CacheBehaviors[0]).toMatchObject({
      PathPattern: '/v1/*',
      CachePolicyId: cachingDisabled,
      OriginRequestPolicyId: allViewerExceptHostHeader,
      Compress: false,
      ViewerProtocolPolicy: 'https-only',
    });
    expect([...config.CacheBehaviors[0].AllowedMethods].sort()).toEqual([
      'DELETE',
      'GET',
      'HEAD',
      'OPTIONS',
      'PATCH',
      'POST',
      'PUT',
    ]);
  });

  test('calls no API without the function that tells the viewer’s address and moves a bearer key', () => {
    const telling = [...resourcesOf(template, 'AWS::CloudFront::Function')].filter(([, { Properties }]) =>
      Properties.FunctionCode.includes('x-daypass-viewer-address'),
    );
    expect(telling).toHaveLength(1);
    const [[id, edgeFunction] = []] = telling;
    expect(edgeFunction?.Properties.FunctionConfig.Runtime).toBe('cloudfront-js-2.0');
    const proving = config.Origins.filter(
      ({ OriginCustomHeaders = [] }: { OriginCustomHeaders: unknown[] }) => OriginCustomHeaders.length > 0,
    ).map(({ Id }: { Id: string }) => Id);
    const behaviors = [config.DefaultCacheBehavior, ...config.CacheBehaviors].filter(({ TargetOriginId }) =>
      proving.includes(TargetOriginId),
    );
    expect(behaviors).toHaveLength(1);
    for (const { FunctionAssociations } of behaviors) {
      expect(FunctionAssociations).toEqual([
        { EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': [id, 'FunctionARN'] } },
      ]);
    }
  });

  test('runs the path function on the console alone, at the viewer’s request', () => {
    const functions = [...resourcesOf(template, 'AWS::CloudFront::Function')];
    expect(functions).toHaveLength(2);
    const [id] =
      functions.find(([, { Properties }]) => Properties.FunctionCode.includes('/index.html')) ?? [];
    expect(config.DefaultCacheBehavior.FunctionAssociations).toEqual([
      { EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': [id, 'FunctionARN'] } },
    ]);
  });

  test('lets its function answer every method on the console, and passes none but GET and HEAD on', () => {
    expect(config.DefaultCacheBehavior.AllowedMethods).toHaveLength(7);
  });

  test('has functions in ASCII, since CloudFormation may turn any other character into a question mark', () => {
    for (const [, { Properties }] of resourcesOf(template, 'AWS::CloudFront::Function')) {
      expect(JSON.stringify(Properties)).toMatch(/^[ -~]*$/);
    }
  });

  test('has no error pages of its own, which would stand in for the API’s refusals', () => {
    expect(config.CustomErrorResponses).toBeUndefined();
  });

  test('reaches the API’s stage over TLS, and waits longer than the pause between heartbeats', () => {
    const api = config.Origins.find(
      ({ Id }: { Id: string }) => Id === config.CacheBehaviors[0].TargetOriginId,
    );
    expect(flat(api.DomainName)).toMatch(/^<.+>\.execute-api\.<AWS::Region>\./);
    expect(api.OriginPath).toBe('/prod');
    expect(api.CustomOriginConfig).toMatchObject({
      OriginProtocolPolicy: 'https-only',
      OriginSSLProtocols: ['TLSv1.2'],
    });
    // Seconds left for a cold start and the way, where the answer itself says nothing.
    const silence = Math.max(patienceMs, heartbeatMs) / 1000;
    expect(api.CustomOriginConfig.OriginReadTimeout).toBeGreaterThanOrEqual(silence + 20);
  });

  test('takes a domain of the operator’s own, with a modern TLS only', () => {
    const domain = {
      name: 'llm.example.com',
      certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/0-1',
    };
    const own = synth({ settings: { ...smallest, domain } });
    const { DistributionConfig } = onlyResource(own, 'AWS::CloudFront::Distribution').Properties;
    expect(DistributionConfig.Aliases).toEqual([domain.name]);
    expect(DistributionConfig.ViewerCertificate).toMatchObject({
      AcmCertificateArn: domain.certificateArn,
      MinimumProtocolVersion: 'TLSv1.2_2021',
    });
    expect(own.Outputs.ConsoleUrl?.Value).toBe(`https://${domain.name}`);
  });
});

describe('the proof that a call came through CloudFront', () => {
  const secret = onlyResource(template, 'AWS::SecretsManager::Secret');
  const reference = `{{resolve:secretsmanager:<${secret.id}>:SecretString:::}}`;
  const { DistributionConfig } = onlyResource(template, 'AWS::CloudFront::Distribution').Properties;

  test('is made at the deployment, of characters that a stage’s variable takes', () => {
    const { GenerateSecretString, SecretString } = secret.Properties;
    expect(SecretString).toBeUndefined();
    expect(GenerateSecretString).toEqual({ PasswordLength: 48, ExcludePunctuation: true });
    expect(secret.DeletionPolicy).toBe('Delete');
  });

  test('goes with each call to the API, and to no other origin', () => {
    const headers = DistributionConfig.Origins.flatMap(
      ({ DomainName, OriginCustomHeaders = [] }: { DomainName: unknown; OriginCustomHeaders: Header[] }) =>
        OriginCustomHeaders.map(({ HeaderName, HeaderValue }) => [
          flat(DomainName).split('.')[1],
          HeaderName,
          flat(HeaderValue),
        ]),
    );
    expect(headers).toEqual([
      ['execute-api', 'x-daypass-edge-proof', reference],
      // For the resource policy of `directCalls: off`, so that turning it on refuses nobody.
      ['execute-api', 'referer', reference],
    ]);
  });

  test('is known to the stage, which tells every function with each call', () => {
    const { Variables } = onlyResource(template, 'AWS::ApiGateway::Stage').Properties;
    expect(Object.keys(Variables)).toEqual(['edgeProof']);
    expect(flat(Variables.edgeProof)).toBe(reference);
  });

  test('is believed by functions under the names that CloudFront sends it under', () => {
    const proof = randomBytes(24).toString('hex');
    const [{ HeaderName }] = DistributionConfig.Origins.flatMap(
      ({ OriginCustomHeaders = [] }: { OriginCustomHeaders: Header[] }) => OriginCustomHeaders,
    );
    const headers = { 'x-daypass-viewer-address': '192.0.2.1', [HeaderName]: proof };
    expect(clientAddress('203.0.113.9', headers, proof)).toBe('192.0.2.1');
  });

  test('leaves room among the 60 dynamic references that CloudFormation takes in a template', () => {
    expect(JSON.stringify(template).split('{{resolve:').length - 1).toBeLessThan(10);
  });
});

interface Header {
  HeaderName: string;
  HeaderValue: unknown;
}

describe('functions and their logs', () => {
  test('every log group forgets after a while', () => {
    const groups = [...resourcesOf(template, 'AWS::Logs::LogGroup').values()];
    expect(groups.length).toBeGreaterThan(functionsOf(template).size);
    expect(groups.filter(({ Properties }) => !(Properties.RetentionInDays > 0))).toEqual([]);
  });

  test('every function logs to a group of the stack: none makes one that keeps everything for ever', () => {
    const functions = [...resourcesOf(template, 'AWS::Lambda::Function').values()];
    const groups = functions.map(({ Properties }) => flat(Properties.LoggingConfig?.LogGroup).slice(1, -1));
    expect(groups.filter((id) => template.Resources[id]?.Type !== 'AWS::Logs::LogGroup')).toEqual([]);
    expect(new Set(groups).size).toBe(functions.length);
  });

  test('functions that wait for a model have the memory of the settings, and all others the same', () => {
    const waiting = ['chat-completions', 'messages', 'responses', 'embeddings'];
    for (const [name, [, { Properties }]] of functionsOf(template)) {
      const memory = waiting.includes(name) ? 256 : 512;
      expect({ name, memory: Properties.MemorySize }).toEqual({ name, memory });
    }
  });

  test('our functions run on Node.js 24 on arm64, traced', () => {
    for (const [, [, { Properties }]] of functionsOf(template)) {
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'INFO', SystemLogLevel: 'WARN' },
      });
    }
  });

  test('no function’s environment holds a secret or an id of a usage plan', () => {
    const names = [...functionsOf(template).values()].flatMap(([, { Properties }]) =>
      Object.keys(Properties.Environment.Variables),
    );
    expect([...new Set(names)].sort()).toEqual([
      'ALARM_NAMES',
      'CALL_METRICS',
      'LOG_LEVEL',
      'METRICS_NAMESPACE',
      'SEALING_KEY_ID',
      'SERVICE_NAME',
      'TABLE_NAME',
      'USER_POOL_CLIENT_ID',
      'USER_POOL_ID',
    ]);
  });
});

describe('the web ACL', () => {
  const { Properties: acl } = onlyResource(template, 'AWS::WAFv2::WebACL');
  // biome-ignore lint/suspicious/noExplicitAny: CloudFormation properties
  const rules: any[] = acl.Rules;

  test('stands on the stage', () => {
    const { Properties } = onlyResource(template, 'AWS::WAFv2::WebACLAssociation');
    const stage = onlyResource(template, 'AWS::ApiGateway::Stage').id;
    expect(flat(Properties.ResourceArn)).toMatch(new RegExp(`/stages/<${stage}>$`));
  });

  test('blocks an address that hammers guarded routes, direct or through CloudFront', () => {
    for (const { Action, Statement } of rules) {
      expect(Action).toEqual({ Block: {} });
      expect(Statement.RateBasedStatement).toMatchObject({
        Limit: expect.any(Number),
        EvaluationWindowSec: 300,
      });
    }
  });

  const classes = ['writes', 'reads'] as const;
  const rulesOf = (kind: (typeof classes)[number]) =>
    ['caller', 'viewer'].map((whose) => {
      const rule = rules.find(({ Name }) => Name === `${kind}-of-${whose}`);
      return rule.Statement.RateBasedStatement;
    });

  test.each(classes)('takes CloudFront’s word on the viewer of %s where it proves itself', (kind) => {
    const [calling, viewer] = rulesOf(kind);
    expect(calling.AggregateKeyType).toBe('IP');
    expect(viewer).toMatchObject({
      AggregateKeyType: 'FORWARDED_IP',
      ForwardedIPConfig: { HeaderName: 'x-daypass-viewer-network', FallbackBehavior: 'MATCH' },
    });
    expect(viewer.Limit).toBe(calling.Limit);
    const counted = calling.ScopeDownStatement.AndStatement.Statements.slice(0, -1);
    expect(viewer.ScopeDownStatement.AndStatement.Statements.slice(0, -1)).toEqual(counted);
    const throughEdge = viewer.ScopeDownStatement.AndStatement.Statements.at(-1);
    expect(calling.ScopeDownStatement.AndStatement.Statements.at(-1)).toEqual({
      NotStatement: { Statement: throughEdge },
    });
    const [proves, tells] = throughEdge.AndStatement.Statements;
    expect(proves.ByteMatchStatement).toMatchObject({
      FieldToMatch: { SingleHeader: { Name: 'x-daypass-edge-proof' } },
      PositionalConstraint: 'EXACTLY',
      TextTransformations: [{ Type: 'NONE' }],
    });
    const secret = onlyResource(template, 'AWS::SecretsManager::Secret').id;
    expect(flat(proves.ByteMatchStatement.SearchString)).toContain(`<${secret}>:SecretString`);
    expect(tells.SizeConstraintStatement).toMatchObject({
      FieldToMatch: { SingleHeader: { Name: 'x-daypass-viewer-network' } },
      ComparisonOperator: 'GT',
      Size: 0,
    });
  });

  test('has no rules beside those', () => {
    expect(rules.map(({ Name, Priority }) => [Priority, Name])).toEqual([
      [0, 'writes-of-caller'],
      [1, 'writes-of-viewer'],
      [2, 'reads-of-caller'],
      [3, 'reads-of-viewer'],
    ]);
  });

  test('lets an address read far more than it may write', () => {
    const [[writes], [reads]] = [rulesOf('writes'), rulesOf('reads')];
    expect(reads.Limit).toBeGreaterThanOrEqual(10 * writes.Limit);
  });
});

test('the outputs tell the console, the API, the pool, its client and the table, and nothing else', () => {
  const outputs = Object.fromEntries(
    Object.entries(template.Outputs).map(([name, { Value }]) => [name, flat(Value)]),
  );
  const id = (type: string) => onlyResource(template, type).id;
  expect(outputs).toEqual({
    ConsoleUrl: `https://<${id('AWS::CloudFront::Distribution')}.DomainName>`,
    ApiUrl: `https://<${id('AWS::ApiGateway::RestApi')}>.execute-api.<AWS::Region>.<AWS::URLSuffix>/<${id('AWS::ApiGateway::Stage')}>/`,
    UserPoolId: `<${id('AWS::Cognito::UserPool')}>`,
    UserPoolClientId: `<${id('AWS::Cognito::UserPoolClient')}>`,
    TableName: `<${id('AWS::DynamoDB::Table')}>`,
  });
});

test('nothing is reported to CDK’s makers', () => {
  expect(resourcesOf(template, 'AWS::CDK::Metadata').size).toBe(0);
});

test('nothing of the template is exported, so no other stack can hold on to it', () => {
  expect(Object.values(template.Outputs).filter((output) => 'Export' in output)).toEqual([]);
});
