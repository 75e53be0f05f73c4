import { smallest } from './settings-file.ts';
import { synth } from './synth.ts';
import { flat, onlyResource, type Resource, resourcesOf, type Template } from './template.ts';

/** Deployments that share an account: two stages in one Region, and one stage in two Regions. */
const settings = { ...smallest, alerts: { email: 'ops@example.com' } };
const prod = synth({ settings });
const dev = synth({ settings, stage: 'dev' });

/** Properties by which AWS, CloudWatch or a function of ours tells one resource from another. */
const namesOf: Record<string, (properties: Resource['Properties']) => unknown> = {
  'AWS::ApiGateway::UsagePlan': ({ UsagePlanName }) => UsagePlanName,
  'AWS::ApiGateway::RestApi': ({ Name }) => Name,
  'AWS::Lambda::Function': ({ FunctionName }) => FunctionName,
  'AWS::CloudFront::ResponseHeadersPolicy': ({ ResponseHeadersPolicyConfig: { Name } }) => Name,
  'AWS::CloudFront::OriginAccessControl': ({ OriginAccessControlConfig: { Name } }) => Name,
  'AWS::CloudFront::Function': ({ Name }) => Name,
  'AWS::CloudWatch::Dashboard': ({ DashboardName }) => DashboardName,
  'AWS::CloudWatch::Alarm': ({ AlarmName }) => AlarmName,
  'AWS::WAFv2::WebACL': ({ VisibilityConfig: { MetricName } }) => MetricName,
};

function names(template: Template, type: string): string[] {
  return [...resourcesOf(template, type).values()]
    .map(({ Properties }) => namesOf[type]?.(Properties))
    .filter((name) => name !== undefined)
    .map(flat);
}

test.each(Object.keys(namesOf))('%s has another name in each stage', (type) => {
  const [ofProd, ofDev] = [names(prod, type), names(dev, type)];
  expect(ofProd.length).toBeGreaterThan(0);
  expect(ofProd.filter((name) => ofDev.includes(name))).toEqual([]);
});

/** Names that count within another resource of the stack only, such as a group's in its user pool, or are for people to read. */
const namesWithin = new Set([
  'AWS::ApiGateway::Authorizer Name',
  'AWS::ApiGateway::Stage StageName',
  'AWS::CloudWatch::Alarm MetricName',
  'AWS::Cognito::UserPoolGroup GroupName',
  'AWS::Cognito::UserPoolIdentityProvider ProviderName',
  'AWS::IAM::Policy PolicyName',
  'AWS::SNS::Topic DisplayName',
  'Custom::CDKBucketDeployment DestinationBucketName',
]);

describe('with all that the settings can turn on', () => {
  const secret = { secret: 'daypass/x' };
  const all = {
    ...settings,
    plans: [{ name: 'small', requestsPerDay: 10, stripePriceId: 'price_1', price: '$1' }],
    alerts: { email: 'ops@example.com', budgetPerMonth: 100 },
    billing: { stripe: { apiKey: secret, webhookSecret: secret } },
    signUp: { allowedDomains: ['example.com'] },
    logIn: {
      authenticator: 'on',
      passkeys: { domain: 'example.com' },
      providers: [
        {
          name: 'idp',
          type: 'oidc',
          issuer: 'https://idp.example.com',
          clientId: 'daypass',
          clientSecret: secret,
        },
      ],
    },
  };
  const stages = ['prod', 'dev'] as const;
  const regions = ['us-east-1', 'eu-west-1'];
  const places = stages.flatMap((stage) => regions.map((region) => ({ stage, region })));
  /** Of all names that a template gives: `AWS::Lambda::Function FunctionName`, and the name. */
  const namesAt = places.map(({ stage, region }) => {
    const env = { account: '111122223333', region };
    const template = synth({ settings: all, stage, env });
    const given = Object.values(template.Resources).flatMap(({ Type, Properties = {} }) => {
      const nested = namesOf[Type]?.(Properties);
      const own = Object.entries(Properties)
        .filter(([field, value]) => /(^|[a-z])Name$|^Domain$/.test(field) && !pointsAtResource(value))
        .filter(([field]) => !namesWithin.has(`${Type} ${field}`) && !Type.endsWith('Permission'))
        .map(([, value]) => flat(value));
      return [...new Set([...own, ...(nested === undefined ? [] : [flat(nested)])])].map((name) => ({
        type: Type,
        name: name.replaceAll('<AWS::Region>', region),
      }));
    });
    return { stage, region, given };
  });

  test('every kind of name is one that this suite knows', () => {
    const kinds = new Set(namesAt.flatMap(({ given }) => given.map(({ type }) => type)));
    const known = [...Object.keys(namesOf), 'AWS::Cognito::UserPoolDomain'];
    expect([...kinds].filter((type) => !known.includes(type))).toEqual([]);
    expect(kinds.size).toBe(known.length);
  });

  test('two stages in two Regions of one account share no name that AWS takes once', () => {
    const taken = namesAt.flatMap(({ region, given }) =>
      // CloudFront’s names are one list for all Regions of an account.
      given.map(
        ({ type, name }) => `${type.startsWith('AWS::CloudFront::') ? 'global' : region} ${type} ${name}`,
      ),
    );
    expect(taken.length).toBeGreaterThan(80);
    expect(taken.filter((one, at) => taken.indexOf(one) !== at)).toEqual([]);
  });
});

/** `{ Ref: … }` and the like of a resource in the same template. */
function pointsAtResource(value: unknown): boolean {
  return /^<[A-Za-z0-9]+(\.\w+)?>$/.test(flat(value));
}

test.each(Object.keys(namesOf).filter((type) => type.startsWith('AWS::CloudFront::')))(
  '%s has the Region in its name, since CloudFront’s are one list for a whole account',
  (type) => {
    expect(names(prod, type).filter((name) => !name.includes('<AWS::Region>'))).toEqual([]);
  },
);

test('alarms look at metrics of their own stage alone', () => {
  const metrics = (template: Template) =>
    [...resourcesOf(template, 'AWS::CloudWatch::Alarm').values()]
      .flatMap(({ Properties }) => Properties.Metrics?.map(ofQuery) ?? [Properties])
      .filter((metric) => metric !== undefined);
  // Between AWS's own metrics the dimensions tell, where they name nothing that is in the template itself.
  const told = (template: Template) =>
    metrics(template).map(({ Namespace, MetricName, Dimensions = [] }) =>
      JSON.stringify([Namespace, MetricName, Dimensions]),
    );
  const apart = (text: string) => !/"(Ref|Fn::GetAtt)"/.test(text);
  expect(told(prod).filter(apart).length).toBeGreaterThan(2);
  expect(told(prod).filter((text) => apart(text) && told(dev).includes(text))).toEqual([]);
});

function ofQuery({ MetricStat }: { MetricStat?: { Metric: unknown } }) {
  return MetricStat?.Metric;
}

test('the prod stage has the names that the product promises, and the dev stage finds its own plans', () => {
  expect(names(prod, 'AWS::ApiGateway::UsagePlan')).toEqual(['10RequestPerDay', 'Unlimited']);
  expect(names(dev, 'AWS::ApiGateway::UsagePlan')).toEqual(['dev-10RequestPerDay', 'dev-Unlimited']);
});

test('the account’s log role outlives the stack: other APIs of the Region log through it', () => {
  for (const template of [prod, dev]) {
    const account = onlyResource(template, 'AWS::ApiGateway::Account');
    const role = template.Resources[flat(account.Properties.CloudWatchRoleArn).slice(1, -'.Arn>'.length)];
    expect([account.DeletionPolicy, account.UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
    expect([role?.DeletionPolicy, role?.UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
  }
});
