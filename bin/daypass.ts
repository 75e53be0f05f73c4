import { fileURLToPath } from 'node:url';
import { buildConsole, consoleFolder } from '../lib/constructs/edge/build-console.ts';
import { readSettings } from '../lib/settings.ts';
import { readStage, stackNameOf } from '../lib/stage.ts';

const settingsPath =
  process.env.DAYPASS_SETTINGS ?? fileURLToPath(new URL('../daypass.yml', import.meta.url));

try {
  const settings = readSettings(settingsPath);
  // Builds side by side, and beside the loading of CDK, which takes more than a second.
  const consoleBuilt = buildConsole();
  // Waited for below.
  consoleBuilt.catch(() => {});
  const { App, Validations } = await import('aws-cdk-lib');
  const { toCatalog } = await import('../lib/catalog.ts');
  const { bundleHandlers, bundlesFolder } = await import('../lib/constructs/functions/bundle-handlers.ts');
  const { DaypassStack } = await import('../lib/daypass-stack.ts');

  const app = new App();
  const stage = readStage(app.node.tryGetContext('stage'));
  const [consolePath, handlersPath] = await Promise.all([
    consoleBuilt,
    bundleHandlers(toCatalog(settings, stage)),
  ]);
  app.node.setContext(consoleFolder, consolePath);
  app.node.setContext(bundlesFolder, handlersPath);
  new DaypassStack(app, stackNameOf(stage), { settings, stage });
  // CDK's own rules obey this too.
  if (process.env.CDK_VALIDATION !== 'false') {
    const { AwsSolutionsChecks, ServerlessChecks } = await import('cdk-nag');
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  }
  app.synth();
} catch (error) {
  // Without its stack trace, which would bury the message about a mistake in the settings.
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
