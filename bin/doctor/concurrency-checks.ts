import { GetAccountSettingsCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { asked, look, ok, type Seen } from './check.ts';

/** A new account's is 10 or 50, AWS's default 1,000. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const comfortableConcurrency = 200;

export function checkConcurrency(lambda: LambdaClient): Promise<Seen[]> {
  const what = 'Lambda concurrency';
  return asked(what, 'lambda:GetAccountSettings', async () => {
    const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand({}));
    const limit = AccountLimit?.UnreservedConcurrentExecutions ?? 0;
    const saw = `${limit} at once`;
    return [
      limit >= comfortableConcurrency
        ? ok(what, saw)
        : look(
            what,
            `${saw}: no more calls than that, streams included, are answered at the same time`,
            'Ask for more in Service Quotas: Lambda, concurrent executions (L-B99A9384).',
          ),
    ];
  });
}
