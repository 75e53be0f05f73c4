import { App } from 'aws-cdk-lib';
import { DaypassStack } from '../../lib/daypass-stack.ts';
import { readStage, settingsOf, stackNameOf } from '../../lib/stage.ts';
import { readFile, smallest } from './settings-file.ts';

test('the stage is prod unless another one is named', () => {
  expect(readStage(undefined)).toBe('prod');
  expect(readStage('prod')).toBe('prod');
  expect(readStage('dev')).toBe('dev');
});

test.each(['Dev', 'development', 'staging', '', true, null])('%j deploys to no stage', (given) => {
  expect(() => readStage(given)).toThrow(`The stage is '${given}', but must be 'prod' or 'dev'.`);
});

test('each stage has a stack and usage plans of its own, and the rest of the settings is the same', () => {
  const settings = readFile({
    ...smallest,
    plans: [
      { name: 'small', requestsPerDay: 10 },
      { name: 'team', requestsPerDay: 20, usagePlanName: 'Team' },
    ],
  });
  expect(stackNameOf('prod')).toBe('Daypass');
  expect(settingsOf('prod', settings)).toEqual(settings);
  expect(stackNameOf('dev')).toBe('Daypass-dev');
  const { plans, ...rest } = settingsOf('dev', settings);
  expect(plans.map(({ usagePlanName }) => usagePlanName)).toEqual(['dev-10RequestPerDay', 'dev-Team']);
  expect(plans.map(({ usagePlanName: _, ...plan }) => plan)).toEqual(
    settings.plans.map(({ usagePlanName: _, ...plan }) => plan),
  );
  expect({ ...rest, plans: settings.plans }).toEqual(settings);
});

test('the tags of the settings are the stack’s, from which CloudFormation tags whatever takes tags', () => {
  const tags = { 'cost-centre': '4711', team: 'platform' };
  const app = new App();
  // `bundling-stacks`: nothing is bundled.
  app.node.setContext('aws:cdk:bundling-stacks', []);
  const stack = new DaypassStack(app, 'Tagged', { settings: readFile({ ...smallest, tags }), stage: 'prod' });
  expect(stack.tags.tagValues()).toEqual(tags);
});
