import {
  type APIGatewayClient,
  GetAccountCommand,
  paginateGetApiKeys,
  paginateGetUsagePlans,
} from '@aws-sdk/client-api-gateway';
import { asked, fix, look, ok, type Seen } from './check.ts';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const mostUsagePlans = 300;
const mostKeys = 10_000;

export function checkGateway(gateway: APIGatewayClient, planNames: readonly string[]): Promise<Seen[]> {
  const what = 'API Gateway';
  return asked(what, 'apigateway:GET on /usageplans, /apikeys and /account', async () => {
    const names: string[] = [];
    for await (const { items = [] } of paginateGetUsagePlans({ client: gateway, pageSize: 500 }, {}))
      names.push(...items.map(({ name = '' }) => name));
    let keys = 0;
    for await (const { items = [] } of paginateGetApiKeys({ client: gateway, pageSize: 500 }, {}))
      keys += items.length;
    const more = planNames.filter((name) => !names.includes(name)).length;
    const quotas = 'Ask for more in Service Quotas (API Gateway), or delete what is not used.';
    return [
      names.length + more <= mostUsagePlans
        ? ok('usage plans', `${names.length} of ${mostUsagePlans}; the settings have ${planNames.length}`)
        : fix(
            'usage plans',
            `${names.length} of ${mostUsagePlans} are there, and ${more} more are needed`,
            quotas,
          ),
      keys < mostKeys * 0.8
        ? ok('API keys', `${keys} of ${mostKeys}`)
        : look('API keys', `${keys} of ${mostKeys}: every key that a user creates is one`, quotas),
      await logRole(gateway),
    ];
  });
}

/** One for the account and Region, which a deployment replaces by its own. */
async function logRole(gateway: APIGatewayClient): Promise<Seen> {
  const what = 'role of API Gateway’s logs';
  const { cloudwatchRoleArn } = await gateway.send(new GetAccountCommand({}));
  if (cloudwatchRoleArn === undefined || /\/Daypass/.test(cloudwatchRoleArn)) return ok(what, 'ours to set');
  return look(
    what,
    `${cloudwatchRoleArn} is set`,
    'Other REST APIs of this Region will write their logs by the role that the deployment sets, which stays when the stack is removed.',
  );
}
