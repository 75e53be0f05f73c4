import { AwsError } from '../service.ts';

/** Cognito's modelled errors, in the service's own words. */
export const notAuthorized = (message: string) => new AwsError('NotAuthorizedException', message);
export const invalidParameter = (message: string) => new AwsError('InvalidParameterException', message);
export const resourceNotFound = (message: string) => new AwsError('ResourceNotFoundException', message);
export const invalidPassword = (message: string) => new AwsError('InvalidPasswordException', message);

export const incorrectPassword = () => notAuthorized('Incorrect username or password.');
export const userDisabled = () => notAuthorized('User is disabled.');
export const userNotFound = () => new AwsError('UserNotFoundException', 'User does not exist.');
/** What the client-side confirmation and recovery operations say instead of `User does not exist.` */
export const combinationNotFound = () =>
  new AwsError('UserNotFoundException', 'Username/client id combination not found.');
export const codeMismatch = () =>
  new AwsError('CodeMismatchException', 'Invalid verification code provided, please try again.');
export const expiredCode = () =>
  new AwsError('ExpiredCodeException', 'Invalid code provided, please request a code again.');
export const limitExceeded = () =>
  new AwsError('LimitExceededException', 'Attempt limit exceeded, please try after some time.');

/** For what Cognito supports and this stand-in doesn't. */
export const notSupportedHere = (what: string) =>
  invalidParameter(`${what} is not supported by the local Cognito stand-in.`);
