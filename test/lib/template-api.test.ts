import { ResponseType } from 'aws-cdk-lib/aws-apigateway';
import type { RouteContract } from '../../core/contract/route-contract.ts';
import { routes } from '../../core/contract/routes.ts';
import { type ErrorBody, type ErrorCode, errorCodes } from '../../core/errors.ts';
import { synth } from './synth.ts';
import { flat, methodsOf, onlyResource, readTemplate, resourcesOf } from './template.ts';

const template = readTemplate();
const methods = methodsOf(template);
const calls = methods.filter(({ verb }) => verb !== 'OPTIONS');
/** What daypass.yml turns on: test/lib/template-billing.test.ts has the rest. */
const contract = Object.values<RouteContract>(routes)
  .filter(({ onlyWhere }) => onlyWhere === undefined)
  .map((route) => ({
    ...route,
    name: `${route.method.toUpperCase()} ${route.path}`,
  }));

describe('methods', () => {
  test('every route of the contract is a method with its access, and there is no other method', () => {
    const authorizer = onlyResource(template, 'AWS::ApiGateway::Authorizer');
    expect(authorizer.Properties).toMatchObject({
      Type: 'COGNITO_USER_POOLS',
      IdentitySource: 'method.request.header.Authorization',
      AuthorizerResultTtlInSeconds: 0,
    });
    expect(authorizer.Properties.ProviderARNs.map(flat)).toEqual([
      `<${onlyResource(template, 'AWS::Cognito::UserPool').id}.Arn>`,
    ]);
    const anyone = { AuthorizationType: 'NONE', ApiKeyRequired: false, AuthorizerId: undefined };
    const login = {
      AuthorizationType: 'COGNITO_USER_POOLS',
      ApiKeyRequired: false,
      AuthorizerId: `<${authorizer.id}>`,
    };
    const byAccess = {
      public: anyone,
      session: anyone,
      login,
      admin: login,
      key: { AuthorizationType: 'NONE', ApiKeyRequired: true, AuthorizerId: undefined },
    };
    const actual = calls.map(({ name, properties: { AuthorizationType, ApiKeyRequired, AuthorizerId } }) => [
      name,
      {
        AuthorizationType,
        ApiKeyRequired: ApiKeyRequired ?? false,
        AuthorizerId: AuthorizerId && flat(AuthorizerId),
      },
    ]);
    const expected = contract.map(({ name, access, unmetered }) => [
      name,
      unmetered ? anyone : byAccess[access],
    ]);
    expect(actual).toHaveLength(contract.length);
    expect(Object.fromEntries(actual)).toEqual(Object.fromEntries(expected));
  });

  test('a pre-flight is answered by the gateway itself, on every path', () => {
    const preflights = methods.filter(({ verb }) => verb === 'OPTIONS');
    const types = preflights.map(({ properties }) => properties.Integration.Type);
    expect(new Set(types)).toEqual(new Set(['MOCK']));
    const paths = (list: typeof methods) => new Set(list.map(({ name }) => name.split(' ')[1]));
    expect([...paths(calls)].filter((path) => !paths(preflights).has(path))).toEqual([]);
  });

  test('every call goes to a function, and each function may be invoked for its own methods only', () => {
    const permissions = [...resourcesOf(template, 'AWS::Lambda::Permission').values()].map(
      ({ Properties }) => ({
        to: flat(Properties.FunctionName),
        principal: Properties.Principal,
        source: flat(Properties.SourceArn).split('>/').at(-1) ?? '',
      }),
    );
    const byGateway = permissions.filter(({ principal }) => principal === 'apigateway.amazonaws.com');
    const allowed = (method: string) =>
      byGateway.filter(({ source }) => matches(source, method)).map(({ to }) => to);
    for (const { name, properties } of calls) {
      const own = /functions\/(<.+>)\//.exec(flat(properties.Integration.Uri))?.[1]?.replace('.Arn', '');
      const functions = allowed(name.replace(' ', '')).map((to) => to.replace('.Arn', ''));
      expect([name, [...new Set(functions)]]).toEqual([name, [own]]);
    }
    const isUsed = ({ source }: { source: string }) =>
      calls.some(({ name }) => matches(source, name.replace(' ', '')));
    expect(byGateway.filter((permission) => !isUsed(permission))).toEqual([]);
    // Besides, the schedule may run the reconciler.
    const others = permissions.filter((permission) => !byGateway.includes(permission));
    expect(others).toMatchObject([{ principal: 'events.amazonaws.com' }]);
  });

  const streamed = contract.filter(({ transfer }) => transfer === 'stream').map(({ name }) => name);

  test('whatever is metered streams: API Gateway waits 29 seconds for a whole answer', () => {
    const byKey = contract.filter(({ access, unmetered }) => access === 'key' && !unmetered);
    const metered = [...byKey.map(({ name }) => name), 'POST /v1/console/chat/completions'];
    expect(metered.toSorted()).toEqual(streamed.toSorted());
  });

  test.each(streamed)('%s streams for as long as its function lives', (name) => {
    const { Integration } = calls.find((call) => call.name === name)?.properties ?? {};
    const [, , id] =
      /^(.+):lambda:path\/2021-11-15\/functions\/<(.+)\.Arn>\/response-streaming-invocations$/.exec(
        flat(Integration.Uri),
      ) ?? ['', '', ''];
    expect(Integration).toMatchObject({
      Type: 'AWS_PROXY',
      IntegrationHttpMethod: 'POST',
      ResponseTransferMode: 'STREAM',
      TimeoutInMillis: template.Resources[id]?.Properties.Timeout * 1000,
    });
  });

  test('no other call streams', () => {
    const streaming = calls.filter(
      ({ properties }) => properties.Integration.ResponseTransferMode === 'STREAM',
    );
    expect(streaming.map(({ name }) => name).sort()).toEqual(streamed.toSorted());
  });

  test('of calls with a key API Gateway validates nothing: what it refused it would have counted, unseen by any function', () => {
    expect([...resourcesOf(template, 'AWS::ApiGateway::RequestValidator')]).toEqual([]);
    const keyed = calls.filter(({ properties }) => properties.ApiKeyRequired === true);
    expect(keyed.length).toBeGreaterThan(0);
    for (const { properties } of keyed) {
      expect(properties.RequestValidatorId).toBeUndefined();
      expect(properties.RequestParameters).toBeUndefined();
    }
  });
});

describe('API and stage', () => {
  test('the API is regional and takes keys from the header', () => {
    const { Properties: api } = onlyResource(template, 'AWS::ApiGateway::RestApi');
    expect(api.EndpointConfiguration).toEqual({ Types: ['REGIONAL'] });
    expect(api.ApiKeySourceType).toBe('HEADER');
  });

  const { Properties: stage } = onlyResource(template, 'AWS::ApiGateway::Stage');

  test('the stage is prod, throttled, traced, and never logs whole requests', () => {
    expect(stage.StageName).toBe('prod');
    expect(stage.TracingEnabled).toBe(true);
    expect(stage.MethodSettings[0]).toMatchObject({ HttpMethod: '*', ResourcePath: '/*' });
    for (const settings of stage.MethodSettings)
      expect(settings).toMatchObject({
        DataTraceEnabled: false,
        ThrottlingRateLimit: expect.any(Number),
        ThrottlingBurstLimit: expect.any(Number),
      });
  });

  test('the access log tells the id of a key and never the key', () => {
    const logged: string[] = Object.values(JSON.parse(stage.AccessLogSetting.Format));
    expect(logged).toContain('$context.identity.apiKeyId');
    expect(logged).toContain('$context.extendedRequestId');
    expect(JSON.stringify(logged)).not.toContain('$context.requestId');
    expect(logged).not.toContain('$context.identity.apiKey');
    expect(logged.filter((field) => !/^\$context\.[A-Za-z.]+$/.test(field))).toEqual([]);
  });
});

describe('usage plans', () => {
  const plans = [...resourcesOf(template, 'AWS::ApiGateway::UsagePlan').values()].map(
    ({ Properties }) => Properties,
  );

  const fenced = plans.filter(({ UsagePlanName }) => UsagePlanName !== 'Unlimited');

  test('bear the names of the settings, and the admins’ own has no quota and no throttle', () => {
    expect(plans.map((plan) => plan.UsagePlanName).sort()).toEqual([
      '10RequestPerDay',
      '20RequestPerDay',
      '30RequestPerDay',
      'Unlimited',
    ]);
    const own = plans.find(({ UsagePlanName }) => UsagePlanName === 'Unlimited');
    expect([own?.Quota, own?.Throttle]).toEqual([undefined, undefined]);
  });

  test.each(fenced)(
    '$UsagePlanName fences the stage: the plan’s own number a day, and a throttle',
    (plan) => {
      const requestsPerDay = Number.parseInt(plan.UsagePlanName, 10);
      expect(plan.Quota).toEqual({ Period: 'DAY', Limit: requestsPerDay });
      expect(plan.Throttle.RateLimit).toBeGreaterThan(0);
      // A whole plan at once must reach the exact gate, which tells limit and reset.
      expect(plan.Throttle.BurstLimit).toBeGreaterThan(requestsPerDay);
      expect(plan.ApiStages.map((stage: { Stage: unknown }) => flat(stage.Stage))).toEqual([
        `<${onlyResource(template, 'AWS::ApiGateway::Stage').id}>`,
      ]);
    },
  );

  test('there is one for every plan of the settings', () => {
    const settings = {
      plans: [{ name: 'team', requestsPerDay: 7, usagePlanName: 'Team', rate: 1, burst: 9 }],
    };
    const models = [
      {
        name: 'm',
        provider: 'bedrock',
        modelId: 'amazon.nova-lite-v1:0',
        contextTokens: 1,
        maxOutputTokens: 1,
        pricePerMillionTokens: { input: 1, output: 1 },
      },
    ];
    const made = resourcesOf(synth({ settings: { ...settings, models } }), 'AWS::ApiGateway::UsagePlan');
    expect([...made.values()].map(({ Properties }) => Properties)).toMatchObject([
      {
        UsagePlanName: 'Team',
        Throttle: { RateLimit: 1, BurstLimit: 9 },
      },
      { UsagePlanName: 'Unlimited' },
    ]);
  });
});

describe('gateway responses', () => {
  const responses = new Map(
    [...resourcesOf(template, 'AWS::ApiGateway::GatewayResponse').values()].map(({ Properties }) => [
      Properties.ResponseType as string,
      Properties,
    ]),
  );
  const header = (type: string, name: string) =>
    responses.get(type)?.ResponseParameters[`gatewayresponse.header.${name}`];
  const bodyOf = (type: string): ErrorBody & { type: string; request_id: string } =>
    JSON.parse(responses.get(type)?.ResponseTemplates['application/json']);

  const known = Object.values(ResponseType)
    .filter((value): value is ResponseType => value instanceof ResponseType)
    .map(({ responseType }) => responseType);

  test('there is one for every type that CDK knows', () => {
    expect(known.length).toBeGreaterThan(15);
    expect([...responses.keys()].sort()).toEqual([...known].sort());
  });

  test.each(known)('%s has our error shape, a code of the list, and the code’s type and status', (type) => {
    const { error } = bodyOf(type);
    expect(Object.keys(error)).toEqual(['message', 'type', 'code', 'param', 'docs']);
    expect(Object.keys(errorCodes)).toContain(error.code);
    const code = errorCodes[error.code as ErrorCode];
    expect(error.type).toBe(code.type);
    expect(error.param).toBeNull();
    expect(error.docs).toBe(`/docs#error-${error.code}`);
    expect(error.message).toMatch(/\w.*\.$/);
    // What the gateway puts in could break the JSON or show internals.
    expect(error.message).not.toContain('$context');
    const status = responses.get(type)?.StatusCode;
    expect(type.startsWith('DEFAULT_') ? undefined : String(code.status)).toBe(status);
  });

  test.each(known)('%s can be read as Anthropic’s clients do: only variables are filled in', (type) => {
    expect(bodyOf(type)).toMatchObject({ type: 'error', request_id: '$context.extendedRequestId' });
    expect(Object.keys(bodyOf(type)).sort()).toEqual(['error', 'request_id', 'type']);
  });

  test.each(known)('%s can be read by any origin and names its request', (type) => {
    expect(header(type, 'access-control-allow-origin')).toBe("'*'");
    expect(header(type, 'access-control-expose-headers')).toContain('x-request-id');
    expect(header(type, 'x-request-id')).toBe('context.extendedRequestId');
    expect(header(type, 'content-type')).toBe("'application/json'");
    expect(header(type, 'cache-control')).toBe("'no-store'");
    expect(header(type, 'x-content-type-options')).toBe("'nosniff'");
  });

  test('a spent quota asks clients not to retry', () => {
    expect(header('QUOTA_EXCEEDED', 'x-should-retry')).toBe("'false'");
    expect(bodyOf('QUOTA_EXCEEDED').error.code).toBe('quota_exceeded');
  });

  test('a spent quota takes its reset from what CloudFront’s function brought with the request', () => {
    expect(header('QUOTA_EXCEEDED', 'x-ratelimit-remaining-requests')).toBe("'0'");
    expect(header('QUOTA_EXCEEDED', 'retry-after')).toBe('method.request.header.x-daypass-day-ends-in');
    expect(header('QUOTA_EXCEEDED', 'x-ratelimit-reset-requests')).toBe(
      'method.request.header.x-daypass-day-reset',
    );
    expect(bodyOf('QUOTA_EXCEEDED').error.message).toContain('00:00 UTC');
  });

  test.each(['THROTTLED', 'WAF_FILTERED'])('%s tells when to come back', (type) => {
    expect(responses.get(type)?.StatusCode).toBe('429');
    expect(header(type, 'retry-after')).toMatch(/^'[1-9]\d*'$/);
  });

  test('throttled clients may retry', () => {
    expect(header('THROTTLED', 'x-should-retry')).toBeUndefined();
  });

  test('a missing or wrong key is 401, as SDKs expect', () => {
    expect(responses.get('INVALID_API_KEY')?.StatusCode).toBe('401');
    expect(bodyOf('INVALID_API_KEY').error.code).toBe('invalid_api_key');
  });
});

/** As IAM compares them: `*` stands for any text. A path parameter is any text, too. */
function matches(source: string, method: string): boolean {
  const literal = (text: string) => text.replaceAll(/[.+?^$()|[\]\\{}]/g, String.raw`\$&`);
  return new RegExp(`^${source.split('*').map(literal).join('.*')}$`).test(method);
}
