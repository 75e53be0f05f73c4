import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createLog } from '../../../local/log.ts';
import { startRuntime } from '../../../local/runtime.ts';
import { readOptions, startOptions } from '../../../local/start/options.ts';
import { createRuntimeClientHost } from './runtime-client-host.ts';

/** The platform as `npm start` runs it, but with functions under AWS's own runtime client, which DAYPASS_RUNTIME_CLIENT names. */
const options = readOptions(parseArgs({ options: startOptions }).values, process.env);
// The bundles are taken from a copy that lies in no package of ours: on Lambda, too, nothing says that they are modules.
const { DAYPASS_RUNTIME_CLIENT: client, DAYPASS_RUNTIME_CLIENT_ASSEMBLY: assembly } = process.env;
if (assembly === undefined || client === undefined) throw new Error('npm run referees runs this');
process.env.TZ = 'UTC';
const runtime = await startRuntime({
  ...options,
  dataDirectory: resolve(options.dataDirectory),
  assembly,
  environment: process.env,
  log: createLog(process.stdout, options),
  createLambdaHost: (deps) => createRuntimeClientHost(client, deps),
});
// What our tests wait for.
process.stdout.write('Daypass is running, its functions under AWS’s runtime client\n');
process.on('SIGTERM', async () => {
  await runtime.close();
  process.exit(0);
});
