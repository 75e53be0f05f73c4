import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { asked, fix, ok, type Seen } from './check.ts';

/** What CDK's assemblies of this version ask of a bootstrapped environment. */
const leastBootstrap = 6;
const bootstrapParameter = '/cdk-bootstrap/hnb659fds/version';

export function checkBootstrap(ssm: SSMClient, environment: string): Promise<Seen[]> {
  const what = 'CDK bootstrap';
  const remedy = `npx cdk bootstrap ${environment}`;
  return asked(what, 'ssm:GetParameter', async () => {
    try {
      const { Parameter } = await ssm.send(new GetParameterCommand({ Name: bootstrapParameter }));
      const version = Number(Parameter?.Value);
      return [
        version >= leastBootstrap
          ? ok(what, `version ${version}`)
          : fix(what, `version ${version}; ${leastBootstrap} or newer is needed`, remedy),
      ];
    } catch (error) {
      if ((error as Error).name !== 'ParameterNotFound') throw error;
      return [fix(what, `${environment} is not bootstrapped`, remedy)];
    }
  });
}
