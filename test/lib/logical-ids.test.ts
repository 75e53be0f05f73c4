import { smallest } from './settings-file.ts';
import { synth } from './synth.ts';
import { readTemplate, resourcesOf, type Template } from './template.ts';

const idsOf = (template: Template, type: string) => [...resourcesOf(template, type).keys()].sort();

/**
 * CloudFormation makes a resource anew when its logical id changes, and what the old one held is gone: records, users,
 * the keys bound to a plan, the addresses that clients know.
 */
test.each(
  Object.entries({
    'AWS::DynamoDB::Table': ['RecordsTableC9B7A30B'],
    'AWS::Cognito::UserPool': ['IdentityUserPool96FE3B9B'],
    'AWS::Cognito::UserPoolClient': ['IdentityUserPoolClient486F4CC5'],
    'AWS::Cognito::UserPoolGroup': ['IdentityAdminsC499A4D7'],
    'AWS::KMS::Key': ['RecordsSealingKeyBB9F8419'],
    'AWS::S3::Bucket': ['ConsoleSiteBucket380F1C30'],
    'AWS::CloudFront::Distribution': ['EdgeDistribution0060737B'],
    'AWS::ApiGateway::RestApi': ['HttpApiRestApi4A32FAFC'],
    'AWS::ApiGateway::Stage': ['HttpApiRestApiDeploymentStageprod32D04299'],
    'AWS::ApiGateway::UsagePlan': [
      'Plans10perday3E28FE29',
      'Plans20perday03396CEA',
      'Plans30perday2836F94E',
      'Plansunlimited504A7FB8',
    ],
  }),
)('%s keeps its logical id from version to version', (type, ids) => {
  expect(idsOf(readTemplate(), type)).toEqual(ids);
});

test('a usage plan is updated in place, with its keys, whatever of its plan changes but the name', () => {
  const before = plansOf([
    { name: 'a', requestsPerDay: 10 },
    { name: 'b', requestsPerDay: 20, usagePlanName: 'B' },
    { name: 'c', requestsPerDay: 30, usagePlanName: 'C' },
  ]);
  const after = plansOf([
    { name: 'c', requestsPerDay: 30, usagePlanName: 'B' },
    { name: 'new', requestsPerDay: 1 },
    {
      name: 'b',
      requestsPerDay: 20,
      usagePlanName: 'C',
      requestsPerMinute: 2,
      rate: 1,
      burst: 5,
      price: '$5',
    },
    { name: 'a', requestsPerDay: 15 },
  ]);
  // b and c swapped the names they have in API Gateway, a took on another by its size.
  const unlimited = 'Unlimited';
  expect(before.names).toEqual({ a: '10RequestPerDay', b: 'B', c: 'C', unlimited });
  expect(after.names).toEqual({ a: '15RequestPerDay', b: 'C', c: 'B', new: '1RequestPerDay', unlimited });
  expect(after.ids).toMatchObject(before.ids);
});

/** What the template says of each plan, by the name in its description. */
function plansOf(plans: object[]) {
  const resources = [
    ...resourcesOf(synth({ settings: { ...smallest, plans } }), 'AWS::ApiGateway::UsagePlan'),
  ];
  const byPlan = resources.map(([id, { Properties }]) => {
    const plan = /^Daypass plan ([a-z]+):/.exec(Properties.Description)?.[1] ?? '';
    return { plan, id, name: Properties.UsagePlanName as string };
  });
  return {
    ids: Object.fromEntries(byPlan.map(({ plan, id }) => [plan, id])),
    names: Object.fromEntries(byPlan.map(({ plan, name }) => [plan, name])),
  };
}
