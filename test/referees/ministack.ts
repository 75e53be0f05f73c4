import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../e2e/free-port.ts';
import { type Equipment, root } from './equipment.ts';
import { lightenAssembly } from './ministack/lighten-assembly.ts';
import { doMainJob } from './ministack/main-job.ts';
import type { Finding, Referee } from './referee.ts';
import { startServer } from './start-server.ts';

/** Another emulator of AWS takes the stack from the pinned CDK, and runs its API. */
export const ministack: Referee = {
  name: 'ministack',
  tool: 'MiniStack 1.5.33',
  judges: 'a deployment with the pinned CDK, the main job on it but for chat, and its removal',
  expected: [
    {
      rule: 'taken out',
      where: /^AWS::WAFv2::WebACLAssociation /,
      because: 'its CloudFormation does not have this type of resource',
    },
    {
      rule: 'taken out',
      where: /^Custom::CDKBucketDeployment /,
      because: 'the CDK’s own function that copies the console’s files fails there',
    },
    {
      rule: 'taken out',
      where: /^AWS::CloudWatch::Alarm Observability(ChatErrors|ChatThrottles|TableThrottles)\w+$/,
      because: 'its CloudFormation refuses alarms over metric math by name',
    },
    {
      rule: 'main job',
      where: /^chat$/,
      text: / answered 5\d\d: /,
      because: 'it has no streaming integration, and its Lambda no awslambda.streamifyResponse',
    },
    {
      rule: 'main job',
      where: /^the gateway’s request id$/,
      text: /without x-request-id/,
      because: 'it knows context.requestId alone, where AWS has context.extendedRequestId as well',
    },
  ],
  async judge(equipment) {
    const programs = await equipment.pythonPrograms();
    const folder = equipment.folder('ministack');
    const assembly = join(folder, 'cdk.out');
    cpSync(await equipment.assembly(), assembly, { recursive: true });
    const { left, findings } = lightenAssembly(
      assembly,
      ({ Type, Properties }) =>
        Type === 'AWS::WAFv2::WebACLAssociation' ||
        Type === 'Custom::CDKBucketDeployment' ||
        (Type === 'AWS::CloudWatch::Alarm' && Properties?.Metrics !== undefined),
    );
    const port = await freePort();
    const aws = `http://127.0.0.1:${port}`;
    const server = await startServer([join(programs, 'ministack')], {
      cwd: folder,
      env: { BIND_HOST: '127.0.0.1', GATEWAY_PORT: String(port), IOT_MTLS_ENABLED: 'false' },
      readyUrl: `${aws}/_ministack/health`,
    });
    try {
      const { steps, findings: found } = await deployAndUse(equipment, { aws, assembly, folder });
      return { judged: `${left} resources, ${steps} steps`, findings: [...findings, ...found] };
    } finally {
      await server.stop();
    }
  },
};

interface Deployment {
  aws: string;
  assembly: string;
  folder: string;
}

async function deployAndUse(equipment: Equipment, { aws, assembly, folder }: Deployment) {
  const outputs = join(folder, 'outputs.json');
  const cdk = async (...words: string[]): Promise<Finding[]> => {
    equipment.say(`cdk ${words[0]}`);
    const program = [process.execPath, join(root, 'node_modules/aws-cdk/bin/cdk')];
    const { code, output } = await equipment.run([...program, ...words], {
      cwd: folder,
      env: {
        AWS_ENDPOINT_URL: aws,
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        AWS_REGION: 'us-east-1',
        CDK_DISABLE_CLI_TELEMETRY: 'true',
      },
      seconds: 600,
    });
    return code === 0 ? [] : [{ rule: 'cdk', where: words[0] ?? '', text: output.slice(-3000) }];
  };
  const app = ['--app', assembly];
  const findings = [
    ...(await cdk('bootstrap', 'aws://000000000000/us-east-1')),
    ...(await cdk('deploy', ...app, '--require-approval', 'never', '--outputs-file', outputs)),
  ];
  if (findings.length > 0 || !existsSync(outputs)) return { steps: 0, findings };
  equipment.say('Doing the main job');
  const edge = `${aws}/restapis/${apiIn(readFileSync(outputs, 'utf8'))}/prod/_user_request_`;
  const job = await doMainJob({ edge, aws });
  findings.push(...job.findings, ...(await cdk('destroy', ...app, '--force')));
  return { steps: job.steps, findings };
}

/** @returns the id in the address of the API */
export function apiIn(outputs: string): string {
  const { Daypass } = JSON.parse(outputs) as Record<string, Record<string, string>>;
  const id = /^https:\/\/([^.]+)\.execute-api\./.exec(Daypass?.ApiUrl ?? '')?.[1];
  if (id === undefined)
    throw new Error(`The deployment gave no address of its API: ${outputs.slice(0, 500)}`);
  return id;
}
