import { z } from 'zod';
import { AwsError } from '../service.ts';
import type { Pool } from './pools/pools.ts';

/** Runs the function of this ARN, as Lambda's Invoke does. */
export type InvokeFunction = (
  functionArn: string,
  event: unknown,
) => Promise<{ payload: string; functionError?: string }>;

export interface PreSignUpRequest {
  source: 'PreSignUp_SignUp' | 'PreSignUp_AdminCreateUser' | 'PreSignUp_ExternalProvider';
  clientId: string;
  /** The username that the user will have. */
  userName: string;
  userAttributes: Record<string, string>;
  validationData: Record<string, string>;
  clientMetadata: Record<string, string>;
}

const preSignUpAnswer = z.looseObject({
  response: z.looseObject({
    autoConfirmUser: z.boolean().optional(),
    autoVerifyEmail: z.boolean().optional(),
    autoVerifyPhone: z.boolean().optional(),
  }),
});

export interface PreSignUpResponse {
  confirms: boolean;
  verifiesEmail: boolean;
}

/** AWS documents five seconds for an answer, and three attempts. */
const answerMs = 5000;
const attempts = 3;

/**
 * Asks the pool's PreSignUp trigger, if it has one, before a user is made and before the name is known to be free.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-sign-up.html
 * @throws UserLambdaValidationException with the trigger's own words when it fails, InvalidLambdaResponseException,
 *   UnexpectedLambdaException
 */
export async function askPreSignUp(
  { invokeFunction, location }: { invokeFunction: InvokeFunction; location: { region: string } },
  pool: Pool,
  request: PreSignUpRequest,
): Promise<PreSignUpResponse> {
  const functionArn = pool.properties.LambdaConfig?.PreSignUp;
  if (functionArn === undefined) return { confirms: false, verifiesEmail: false };
  const { source, clientId, userName, userAttributes, validationData, clientMetadata } = request;
  const event = {
    version: '1',
    region: location.region,
    userPoolId: pool.id,
    userName,
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId },
    triggerSource: source,
    request: {
      userAttributes,
      validationData: isEmpty(validationData) ? null : validationData,
      ...(isEmpty(clientMetadata) ? {} : { clientMetadata }),
    },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  };
  const { payload, functionError } = await invokeInTime(() => invokeFunction(String(functionArn), event));
  if (functionError !== undefined) {
    throw new AwsError('UserLambdaValidationException', `PreSignUp failed with error ${messageIn(payload)}.`);
  }
  const answer = preSignUpAnswer.safeParse(parse(payload));
  if (!answer.success) throw new AwsError('InvalidLambdaResponseException', 'Unrecognizable lambda output');
  const { autoConfirmUser = false, autoVerifyEmail = false } = answer.data.response;
  return { confirms: autoConfirmUser, verifiesEmail: autoVerifyEmail };
}

async function invokeInTime<T>(invoke: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_answer, refuse) => {
      timer = setTimeout(() => refuse(new Error('timed out')), answerMs);
    });
    try {
      return await Promise.race([invoke(), late]);
    } catch (error) {
      if (attempt < attempts) continue;
      const why = error instanceof Error ? error.message : String(error);
      throw new AwsError('UnexpectedLambdaException', `PreSignUp invocation failed due to error ${why}.`);
    } finally {
      clearTimeout(timer);
    }
  }
}

const isEmpty = (entries: Record<string, string>) => Object.keys(entries).length === 0;

function messageIn(payload: string): string {
  const error = parse(payload);
  return typeof error === 'object' && error !== null && 'errorMessage' in error
    ? String(error.errorMessage)
    : 'Unknown';
}

function parse(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}
