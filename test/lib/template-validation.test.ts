import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { smallest } from './settings-file.ts';
import { synth } from './synth.ts';
import { readValidationReport } from './template.ts';

test('cdk-nag finds nothing in our stack that is not acknowledged', () => {
  expect(readValidationReport().pluginReports).toEqual([]);
  expect(() => synth({})).not.toThrow();
});

test('nor in one with everything that the settings can turn on', () => {
  const settings = {
    ...smallest,
    signUp: { confirmation: 'off', allowedDomains: ['example.com'] },
    alerts: { email: 'ops@example.com' },
    domain: {
      name: 'llm.example.com',
      certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/0-1',
    },
  };
  expect(() => synth({ settings })).not.toThrow();
  expect(() => synth({ settings, stage: 'dev' })).not.toThrow();
});

test('a resource against the rules stops synth, and its findings are told', () => {
  expect(() => synth({}, (stack) => void new Queue(stack, 'Plain'))).toThrow(/AwsSolutions-SQS4/);
  expect(() => synth({}, (stack) => void new Bucket(stack, 'Open'))).toThrow(/AwsSolutions-S10/);
});
