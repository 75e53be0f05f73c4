import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { smallest } from './settings-file.ts';
import { synthUnderRules } from './synth.ts';
import { readValidationReport } from './template.ts';

test('cdk-nag finds nothing in our stack that is not acknowledged', () => {
  expect(readValidationReport().pluginReports).toEqual([]);
});

test.each(['prod', 'dev'] as const)(
  'nor in one with everything that the settings can turn on, in stage %s',
  (stage) => {
    const settings = {
      ...smallest,
      signUp: { confirmation: 'off', allowedDomains: ['example.com'] },
      alerts: { email: 'ops@example.com' },
      domain: {
        name: 'llm.example.com',
        certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/0-1',
      },
      logIn: {
        passkeys: { domain: 'example.com' },
        providers: [
          {
            name: 'acme',
            type: 'oidc',
            issuer: 'https://login.acme.example',
            clientId: 'daypass',
            clientSecret: { secret: 'daypass/acme' },
            domains: ['example.com'],
          },
          { name: 'corp', type: 'saml', metadataUrl: 'https://idp.corp.example/metadata' },
        ],
      },
    };
    expect(() => synthUnderRules({ settings, stage })).not.toThrow();
  },
);

test('resources against the rules stop synth, which reports each finding', () => {
  let message = '';
  try {
    synthUnderRules({}, (stack) => {
      new Queue(stack, 'Plain');
      new Bucket(stack, 'Open');
    });
  } catch (error) {
    message = String(error);
  }
  expect(message).toMatch(/AwsSolutions-SQS4/);
  expect(message).toMatch(/AwsSolutions-S10/);
});
