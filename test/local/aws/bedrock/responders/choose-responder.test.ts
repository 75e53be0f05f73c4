import { chooseResponder } from '../../../../../local/aws/bedrock/responders/choose-responder.ts';

test.each([
  [{}, 'built-in'],
  [{ DAYPASS_MODEL_URL: '' }, 'built-in'],
  [{ DAYPASS_MODEL_URL: 'http://localhost:11434' }, 'http://localhost:11434'],
  [{ DAYPASS_MODEL_URL: 'https://models.example/v1', DAYPASS_MODEL_NAME: 'tiny' }, 'https://models.example'],
  [{ DAYPASS_BEDROCK: 'aws', AWS_REGION: 'eu-west-1' }, 'real Amazon Bedrock'],
])('%j answers from %s', async (environment, description) => {
  expect((await chooseResponder(environment)).description).toContain(description);
});

test.each([
  [{ DAYPASS_MODEL_URL: 'localhost' }, 'DAYPASS_MODEL_URL must be an http or https URL'],
  [{ DAYPASS_MODEL_URL: 'localhost:11434' }, 'DAYPASS_MODEL_URL must be an http or https URL'],
  [{ DAYPASS_MODEL_URL: 'ftp://models.example' }, 'DAYPASS_MODEL_URL must be an http or https URL'],
  [{ DAYPASS_MODEL_URL: 'http://user:word@models.example' }, 'must not carry a user name'],
  [{ DAYPASS_MODEL_NAME: 'tiny' }, 'DAYPASS_MODEL_NAME needs DAYPASS_MODEL_URL'],
  [{ DAYPASS_MODEL_API_KEY: 'any' }, 'DAYPASS_MODEL_API_KEY needs DAYPASS_MODEL_URL'],
  [{ DAYPASS_BEDROCK: 'yes' }, "DAYPASS_BEDROCK can only be 'aws', not 'yes'"],
  [{ DAYPASS_BEDROCK: 'aws', DAYPASS_MODEL_URL: 'http://localhost' }, 'exclude each other'],
  [{ DAYPASS_BEDROCK: 'aws', AWS_ENDPOINT_URL: 'http://localhost:4566' }, 'while AWS_ENDPOINT_URL is set'],
])('%j is refused by name', async (environment, message) => {
  await expect(chooseResponder(environment)).rejects.toThrow(message);
});
