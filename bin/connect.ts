import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

/** Where the operators' commands work: in AWS, or on the platform of this machine. */
export interface Connection {
  /** Calls a function and returns what it answers. @throws Error in an operator's words */
  invoke(functionName: string, payload: unknown): Promise<unknown>;
  isLocal: boolean;
  cognito(): CognitoIdentityProviderClient;
  dynamoDb(): DynamoDBClient;
  apiGateway(): APIGatewayClient;
  kms(): KMSClient;
  /** An error of AWS in an operator's words. */
  inWords(error: unknown): unknown;
}

/** @param port of the platform on this machine; undefined: AWS */
export function connect(port: number | undefined): Connection {
  const endpoint = port === undefined ? undefined : `http://localhost:${port + 566}`;
  const settings =
    endpoint === undefined
      ? {}
      : { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
  const inWords = (error: unknown) => wordsOf(error, endpoint);
  return {
    async invoke(FunctionName, payload) {
      const client = new LambdaClient(settings);
      const command = new InvokeCommand({ FunctionName, Payload: JSON.stringify(payload) });
      const answer = await client.send(command).catch((error: unknown) => {
        throw inWords(error);
      });
      const text = new TextDecoder().decode(answer.Payload);
      if (answer.FunctionError !== undefined) throw new Error(`${FunctionName} failed: ${text}`);
      return JSON.parse(text);
    },
    isLocal: endpoint !== undefined,
    cognito: () => new CognitoIdentityProviderClient(settings),
    dynamoDb: () => new DynamoDBClient(settings),
    // Ten calls a second for the whole account, which callers share.
    apiGateway: () => new APIGatewayClient({ ...settings, maxAttempts: 10, retryMode: 'adaptive' }),
    kms: () => new KMSClient(settings),
    inWords,
  };
}

/** What the SDK says of settings that are not there doesn't name them. */
function wordsOf(error: unknown, endpoint: string | undefined): unknown {
  if (!(error instanceof Error)) return error;
  // Node's own error has no message where localhost has several addresses.
  if (endpoint !== undefined && 'code' in error && error.code === 'ECONNREFUSED')
    return new Error(`Nothing answers at ${endpoint}. Start the platform with npm start, or name its port.`);
  const inWords = awsInWords(error);
  if (inWords === error || !(inWords instanceof Error)) return error;
  return new Error(`${inWords.message} For the platform on this machine, use --local.`, { cause: error });
}

/** For commands that work in AWS alone. */
export function awsInWords(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const missing = missingSettings.find(({ isTold }) => isTold(error))?.missing;
  return missing === undefined ? error : new Error(missing, { cause: error });
}

const missingSettings = [
  {
    isTold: ({ message }: Error) => message === 'Region is missing',
    missing:
      'No AWS Region is set. Set AWS_REGION to that of the stack, and have credentials (AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY).',
  },
  {
    isTold: ({ name }: Error) => name === 'CredentialsProviderError',
    missing:
      'No AWS credentials were found. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or log in with aws sso login.',
  },
];
