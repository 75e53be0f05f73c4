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

test('no other resource is named by the template, so that none can clash', () => {
  const fields = ['Name', 'TableName', 'UserPoolName', 'RoleName', 'BucketName', 'TopicName', 'AlarmName'];
  const named = Object.entries(prod.Resources).flatMap(([id, { Type, Properties }]) =>
    Type in namesOf || Type.startsWith('AWS::ApiGateway::')
      ? []
      : fields.filter((field) => Properties?.[field] !== undefined).map((field) => `${id} ${field}`),
  );
  expect(named).toEqual([]);
});

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
