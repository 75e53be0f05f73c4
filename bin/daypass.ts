import { fileURLToPath } from 'node:url';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { DaypassStack } from '../lib/daypass-stack.ts';
import { readSettings } from '../lib/settings.ts';
import { readStage, stackNameOf } from '../lib/stage.ts';

const settingsPath =
  process.env.DAYPASS_SETTINGS ?? fileURLToPath(new URL('../daypass.yml', import.meta.url));

try {
  const app = new App();
  const stage = readStage(app.node.tryGetContext('stage'));
  new DaypassStack(app, stackNameOf(stage), {
    settings: readSettings(settingsPath),
    stage,
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  app.synth();
} catch (error) {
  // Without its stack trace, which would bury the message about a mistake in the settings.
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
