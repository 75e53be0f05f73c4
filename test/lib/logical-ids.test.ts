import { smallest } from './settings-file.ts';
import { synth } from './synth.ts';
import { flat, readTemplate, resourcesOf, type Template } from './template.ts';

const idsOf = (template: Template, type: string) => [...resourcesOf(template, type).keys()].sort();

/**
 * CloudFormation makes a resource anew when its logical id changes, and what the old one held is gone: records, users,
 * the keys bound to a plan, the addresses that clients know. So none of these may change: docs/upgrading.md.
 */
const kept: Record<string, { because: string; ids: string[] }> = {
  'AWS::DynamoDB::Table': { because: 'all records would be left behind', ids: ['RecordsTableC9B7A30B'] },
  'AWS::KMS::Key': {
    because: 'what it sealed could not be opened: provider keys, one-time messages',
    ids: ['RecordsSealingKeyBB9F8419'],
  },
  'AWS::Cognito::UserPool': { because: 'all users would be left behind', ids: ['IdentityUserPool96FE3B9B'] },
  'AWS::Cognito::UserPoolClient': {
    because: 'every session would end',
    ids: ['IdentityUserPoolClient486F4CC5'],
  },
  'AWS::Cognito::UserPoolGroup': { because: 'nobody would be an admin', ids: ['IdentityAdminsC499A4D7'] },
  'AWS::ApiGateway::RestApi': {
    because: 'the address of direct calls would change, and every plan be bound to nothing',
    ids: ['HttpApiRestApi4A32FAFC'],
  },
  'AWS::ApiGateway::Stage': {
    because: 'a plan names its stage, and every key would be refused for a while',
    ids: ['HttpApiRestApiDeploymentStageprod32D04299'],
  },
  'AWS::ApiGateway::UsagePlan': {
    because: 'every key on it would be refused',
    ids: [
      'Plans10perday3E28FE29',
      'Plans20perday03396CEA',
      'Plans30perday2836F94E',
      'Plansunlimited504A7FB8',
    ],
  },
  'AWS::CloudFront::Distribution': {
    because: 'the address of the console and of the API would change',
    ids: ['EdgeDistribution0060737B'],
  },
  'AWS::SecretsManager::Secret': {
    because: 'callers would count by CloudFront’s addresses, or be refused, until the new one is everywhere',
    ids: ['EdgeProofValue1E809A685'],
  },
  'AWS::S3::Bucket': { because: 'the old bucket would stay behind', ids: ['ConsoleSiteBucket380F1C30'] },
};

test.each(Object.entries(kept))('%s keeps its logical id from version to version', (type, { ids }) => {
  expect(idsOf(readTemplate(), type)).toEqual(ids);
});

test('whatever a prod stack keeps when it is deleted is among them, but for the account’s log role', () => {
  const retained = Object.entries(readTemplate().Resources).filter(
    ([, { DeletionPolicy }]) => DeletionPolicy === 'Retain',
  );
  const unnamed = retained.filter(([id, { Type }]) => !kept[Type]?.ids.includes(id)).map(([id]) => id);
  expect(unnamed).toEqual(['HttpApiRestApiCloudWatchRoleF81E78A5', 'HttpApiRestApiAccount4D2BDF72']);
});

/** A month of logs goes with its group. New functions add theirs. */
const logGroups = [
  'HttpApiAccessLogs',
  ...['register', 'confirmregistration', 'resendcode', 'login', 'refreshlogin', 'forgotpassword'].map(
    (name) => `Accounts${name}Logs`,
  ),
  ...['resetpassword', 'logout', 'me', 'deleteme'].map((name) => `Accounts${name}Logs`),
  ...['ownsessions', 'changepassword', 'consolesessions'].map((name) => `Sessions${name}Logs`),
  ...['createapikey', 'rotateapikey', 'getapikey', 'updateapikey', 'revokeapikey', 'listapikeys'].map(
    (name) => `Keys${name}Logs`,
  ),
  ...['getcurrentkey', 'usage', 'listplans'].map((name) => `Keys${name}Logs`),
  ...['chatcompletions', 'messages', 'countmessagetokens', 'responses', 'embeddings'].map(
    (name) => `Chat${name}Logs`,
  ),
  'OneTimeMessagesonetimemessagesLogs',
  'ProviderKeysproviderkeysLogs',
  'SchedulesreconcileLogs',
  'AdminRoutesadminLogs',
];

test('log groups keep their logical ids, and with them a month of logs', () => {
  const groups = idsOf(readTemplate(), 'AWS::Logs::LogGroup').map((id) => id.replace(/[0-9A-F]{8}$/, ''));
  expect(groups).toEqual(expect.arrayContaining(logGroups));
});

/**
 * CloudFormation makes the new resource before it deletes the old one, and AWS takes a name once: with another logical id, the
 * deployment of a version fails.
 */
test('what has a name of its own keeps its logical id', () => {
  const { Resources } = readTemplate();
  const named = Object.entries(Resources).flatMap(([id, { Type, Properties }]) => {
    const name =
      Properties?.[nameFields[Type] ?? ''] ??
      Properties?.ResponseHeadersPolicyConfig?.Name ??
      Properties?.OriginAccessControlConfig?.Name;
    return name === undefined ? [] : [[flat(name).replace(/^<AWS::Region>/, ''), id]];
  });
  expect(Object.fromEntries(named)).toEqual({
    'Daypass-admin': 'AdminRoutesadminFunction9538400F',
    'Daypass-reconcile': 'SchedulesreconcileFunction03F19F63',
    Daypass: 'Dashboard7A714131',
    'Daypass-<AWS::Region>-site': expect.stringMatching(/^Edge(SiteAccess869A0695|SiteHeaders8612128A)$/),
    DaypassEdgeConsolePaths1E54ED48: 'EdgeConsolePaths86DF5757',
    DaypassEdgeapiviewerrequest86E05EEA: 'Edgeapiviewerrequest05C50F8A',
    'Daypass-ChatErrors': 'ObservabilityChatErrorsB9EC81D1',
    'Daypass-ChatThrottles': 'ObservabilityChatThrottles7F3FDD31',
    'Daypass-Metering': 'ObservabilityMeteringA380B769',
    'Daypass-ModelFailures': 'CallAlarmsModelFailures3D870C7C',
    'Daypass-Parked': 'ObservabilityParked7607E861',
    'Daypass-ReconcilerErrors': 'ObservabilityReconcilerErrorsEA6848CB',
    'Daypass-ServerErrors': 'ObservabilityServerErrors0B6762E5',
    'Daypass-SignUpSpike': 'CallAlarmsSignUpSpikeBC4BA42F',
    'Daypass-SpendNear': 'SpendAlarmsSpendNear89273A32',
    'Daypass-SpendReached': 'SpendAlarmsSpendReached5D026AE5',
    'Daypass-TableThrottles': 'ObservabilityTableThrottles880CB7AB',
  });
});

const nameFields: Record<string, string> = {
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::CloudWatch::Dashboard': 'DashboardName',
  'AWS::CloudFront::Function': 'Name',
};

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
