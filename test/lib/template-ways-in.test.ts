import type { RouteContract } from '../../core/contract/route-contract.ts';
import { routes } from '../../core/contract/routes.ts';
import { smallest } from './settings-file.ts';
import { synth, synthUnderRules } from './synth.ts';
import { flat, onlyResource, resourcesOf, type Template } from './template.ts';

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

  test('are open unless the settings close them', () => {
    expect(onlyResource(usual, 'AWS::ApiGateway::RestApi').Properties.Policy).toBeUndefined();
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

  test('off: every open route that writes has a throttle of its own, far below the stage’s', () => {
    const open = Object.values<RouteContract>(routes)
      .filter((route) => route.access === 'public' && route.method !== 'get' && route.onlyWhere === undefined)
      .map(({ path, method }) => `${method.toUpperCase()} /${path.replaceAll('/', '~1')}`);
    const [all, ...own] = stageSettings(without);
    expect(all).toMatchObject({ ResourcePath: '/*', ThrottlingRateLimit: 200 });
    expect(own.map(({ HttpMethod, ResourcePath }) => `${HttpMethod} ${ResourcePath}`).sort()).toEqual(
      open.sort(),
    );
    expect(open).toContain('POST /~1v1~1login');
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

  test('on: no route has a throttle of its own', () => {
    expect(stageSettings(usual)).toHaveLength(1);
  });
});
