import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { call } from '../../measure/calls.ts';
import { startServer } from '../../measure/process.ts';
import type { Contender } from './contenders.ts';

/** Gateways that people put in front of Bedrock, installed when they are first measured and outside of our lock file. */

const folder = join(import.meta.dirname, '../../../.daypass/peers');
export const versions = { portkey: '1.15.2', litellm: '1.108.7' };

/** https://github.com/Portkey-AI/gateway: unmetered. It asks Converse for whole answers. */
export function portkey(): Contender {
  const home = join(folder, `portkey-${versions.portkey}`);
  const server = join(home, 'node_modules/@portkey-ai/gateway/build/start-server.js');
  return {
    name: `Portkey ${versions.portkey}`,
    model: 'amazon.nova-lite-v1:0',
    install() {
      if (existsSync(server)) return;
      mkdirSync(home, { recursive: true });
      writeFileSync(join(home, 'package.json'), '{"private":true}');
      execFileSync(
        'npm',
        ['install', '--ignore-scripts', '--no-audit', `@portkey-ai/gateway@${versions.portkey}`],
        {
          cwd: home,
          stdio: ['ignore', 'ignore', 'inherit'],
        },
      );
    },
    start: () =>
      startServer(
        process.execPath,
        (port) => [server, `--port=${port}`, '--headless'],
        { TRUSTED_CUSTOM_HOSTS: '127.0.0.1' },
        async (port) => (await call({ port, path: '/' }, undefined)).status === 200,
      ),
    path: '/v1/chat/completions',
    headers: (aws) => ({
      'x-portkey-provider': 'bedrock',
      'x-portkey-aws-access-key-id': 'local',
      'x-portkey-aws-secret-access-key': 'local',
      'x-portkey-aws-region': 'us-east-1',
      'x-portkey-custom-host': `http://127.0.0.1:${aws}`,
    }),
  };
}

/** https://github.com/BerriAI/litellm: its proxy with one worker and a master key, without the database that metering would take. */
export function litellm(): Contender {
  const home = join(folder, `litellm-${versions.litellm}`);
  const program = join(home, 'bin/litellm');
  const key = `sk-${randomBytes(16).toString('hex')}`;
  return {
    name: `LiteLLM ${versions.litellm}`,
    model: 'nova-lite',
    slow: true,
    install() {
      if (existsSync(program)) return;
      const stdio = ['ignore', 'ignore', 'inherit'] as ['ignore', 'ignore', 'inherit'];
      execFileSync('python3', ['-m', 'venv', home], { stdio });
      const packages = [`litellm[proxy]==${versions.litellm}`, 'boto3'];
      execFileSync(join(home, 'bin/pip'), ['install', '--quiet', ...packages], { stdio });
    },
    start(aws) {
      const config = join(home, 'config.yaml');
      const parameters = {
        model: 'bedrock/converse/amazon.nova-lite-v1:0',
        aws_bedrock_runtime_endpoint: `http://127.0.0.1:${aws}`,
        aws_access_key_id: 'local',
        aws_secret_access_key: 'local',
        aws_region_name: 'us-east-1',
      };
      const models = { model_list: [{ model_name: 'nova-lite', litellm_params: parameters }] };
      writeFileSync(config, JSON.stringify(models));
      return startServer(
        program,
        (port) => [
          '--config',
          config,
          '--port',
          String(port),
          '--host',
          '127.0.0.1',
          '--num_workers',
          '1',
          '--telemetry',
          'False',
        ],
        { LITELLM_MASTER_KEY: key, LITELLM_LOG: 'ERROR' },
        async (port) => (await call({ port, path: '/health/liveliness' }, undefined)).status === 200,
      );
    },
    path: '/v1/chat/completions',
    headers: () => ({ authorization: `Bearer ${key}` }),
  };
}
