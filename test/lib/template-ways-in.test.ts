import { smallest } from './settings-file.ts';
import { synth, synthUnderRules } from './synth.ts';
import { flat, methodsOf, onlyResource, resourcesOf, type Template } from './template.ts';

/** The settings `directCalls` and `webAcl`: who may call, and what guards the routes that anyone may call. */
const usual = synth({});
const stageSettings = (template: Template) =>
  onlyResource(template, 'AWS::ApiGateway::Stage').Properties.MethodSettings as Record<string, unknown>[];
const refusalOf = (template: Template) =>
  [...resourcesOf(template, 'AWS::ApiGateway::GatewayResponse').values()].find(
    ({ Properties }) => Properties.ResponseType === 'ACCESS_DENIED',
  )?.Properties;

describe('directCalls', () => {
  const closed = synthUnderRules({ settings: { ...smallest, directCalls: 'off' } });

  test('are open unless the settings close them, by a policy: CloudFormation would leave the last one without', () => {
    const { Policy } = onlyResource(usual, 'AWS::ApiGateway::RestApi').Properties;
    const anyone = { Effect: 'Allow', Principal: { AWS: '*' } };
    expect(Policy.Statement).toEqual([
      { ...anyone, Action: 'execute-api:Invoke', Resource: 'execute-api:/*' },
    ]);
  });

  test('off: API Gateway lets in what has the edge’s secret, and nothing else', () => {
    const secret = onlyResource(closed, 'AWS::SecretsManager::Secret');
    const { Policy } = onlyResource(closed, 'AWS::ApiGateway::RestApi').Properties;
    expect(Policy.Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: 'execute-api:Invoke',
        Resource: 'execute-api:/*',
        Condition: { StringEquals: { 'aws:Referer': expect.anything() } },
      },
    ]);
    const proof = flat(Policy.Statement[0].Condition.StringEquals['aws:Referer']);
    expect(proof).toBe(`{{resolve:secretsmanager:<${secret.id}>:SecretString:::}}`);
  });

  test('off: the policy is deployed, since API Gateway uses a changed one only after that', () => {
    const deployment = (template: Template) => onlyResource(template, 'AWS::ApiGateway::Deployment').id;
    expect(deployment(closed)).not.toBe(deployment(usual));
  });

  test('off: the refusal says where to call', () => {
    expect(refusalOf(closed)).toMatchObject({ StatusCode: '403' });
    expect(refusalOf(closed)?.ResponseTemplates['application/json']).toContain('the address of the console');
    expect(refusalOf(usual)?.ResponseTemplates['application/json']).not.toContain('console');
  });
});

describe('webAcl', () => {
  const without = synthUnderRules({ settings: { ...smallest, webAcl: 'off' } });

  test('off: there is none, and nothing else of AWS WAF', () => {
    const ofWaf = (template: Template) =>
      Object.values(template.Resources).filter(({ Type }) => Type.startsWith('AWS::WAFv2::'));
    expect(ofWaf(usual)).toHaveLength(2);
    expect(ofWaf(without)).toEqual([]);
  });

  const everythingOn = {
    ...smallest,
    plans: [{ name: 'sold', requestsPerDay: 10, price: '$20', stripePriceId: 'price_1' }],
    billing: { stripe: { apiKey: { secret: 'a' }, webhookSecret: { secret: 'b' } } },
    logIn: {
      authenticator: 'on',
      passkeys: { domain: 'example.com' },
      providers: [{ name: 'corp', type: 'saml', metadataUrl: 'https://idp.corp.example/metadata' }],
    },
  };
  const everything = synth({ settings: { ...everythingOn, webAcl: 'off' } });
  const throttled = (template: Template) =>
    stageSettings(template)
      .slice(1)
      .map(({ HttpMethod, ResourcePath }) => `${HttpMethod} ${String(ResourcePath).slice(1)}`)
      .map((name) => name.replaceAll('~1', '/'))
      .sort();
  /** API Gateway lets every call of these through. */
  const open = (template: Template) =>
    methodsOf(template)
      .filter(({ properties: { AuthorizationType, ApiKeyRequired } }) => {
        return AuthorizationType === 'NONE' && ApiKeyRequired !== true;
      })
      .map(({ name }) => name);
  const reading = /^(GET|OPTIONS) /;

  test('off: every open route that writes has a throttle of its own, whatever the settings turn on', () => {
    // A key is asked for, by the function.
    const guarded = 'POST /v1/messages/count_tokens';
    for (const template of [without, everything]) {
      const writing = open(template).filter((name) => !reading.test(name) && name !== guarded);
      expect(throttled(template)).toEqual(expect.arrayContaining(writing));
      expect(open(template)).toEqual(expect.arrayContaining(throttled(template)));
    }
    expect(throttled(everything)).toEqual(
      expect.arrayContaining(['POST /v1/login', 'POST /v1/billing/webhook', 'DELETE /v1/session']),
    );
  });

  test('off: of those that read, the ones that try a cookie or end a provider’s login have one', () => {
    expect(throttled(everything).filter((name) => reading.test(name))).toEqual([
      'GET /v1/login/callback',
      'GET /v1/login/{provider}',
      'GET /v1/session/passkeys',
    ]);
    expect(throttled(without).filter((name) => reading.test(name))).toEqual([]);
  });

  test('off: such a throttle is far below the stage’s', () => {
    const [all, ...own] = stageSettings(everything);
    expect(all).toMatchObject({ ResourcePath: '/*', ThrottlingRateLimit: 200 });
    for (const setting of own) {
      expect(setting).toMatchObject({ ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40 });
      // A method with a setting of its own takes over nothing of the stage's.
      expect(setting).toMatchObject({
        DataTraceEnabled: false,
        LoggingLevel: 'ERROR',
        MetricsEnabled: false,
      });
    }
  });

  /** A template that drops a throttle may leave it in the stage. */
  test('on: the same routes are given the stage’s throttle, so that none of off stays', () => {
    const guarded = synth({ settings: { ...everythingOn, webAcl: 'on' } });
    const [all, ...own] = stageSettings(guarded);
    expect(throttled(guarded)).toEqual(throttled(everything));
    const inherited = ({ HttpMethod: _method, ResourcePath: _path, ...settings }: Record<string, unknown>) =>
      settings;
    expect(own.map(inherited)).toEqual(own.map(() => inherited(all ?? {})));
    expect(throttled(usual)).toEqual(throttled(without));
  });
});
