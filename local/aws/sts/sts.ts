import type { RoutedService } from '../dispatch.ts';
import { AwsError, type AwsRequest } from '../service.ts';
import { queryError } from '../xml-errors.ts';

const version = '2011-06-15';

/** Enough of STS for `aws sts get-caller-identity`, in the Query protocol. */
export function createSts({ accountId }: { accountId: string }): RoutedService {
  return {
    signingName: 'sts',
    operationName,
    async handle(request) {
      const operation = operationName(request);
      if (operation === undefined) throw new AwsError('MissingAction', 'The request names no Action.', 400);
      if (operation !== 'GetCallerIdentity' || parametersOf(request).get('Version') !== version) {
        throw new AwsError(
          'InvalidAction',
          `The local STS has no operation '${operation}' of the version that is asked for; it has GetCallerIdentity.`,
        );
      }
      return {
        status: 200,
        headers: { 'content-type': 'text/xml' },
        body: getCallerIdentity(accountId, request.requestId),
      };
    },
    serializeError: queryError,
  };
}

const operationName = (request: AwsRequest): string | undefined =>
  parametersOf(request).get('Action') ?? undefined;

/** Parameters from the form in the body, or from a GET's query. */
const parametersOf = ({ method, body, query }: AwsRequest): URLSearchParams =>
  method === 'GET' ? query : new URLSearchParams(body.toString('utf8'));

/** Every caller is the account's root: signatures are not verified here. */
const getCallerIdentity = (accountId: string, requestId: string): string =>
  `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <GetCallerIdentityResult>
    <Arn>arn:aws:iam::${accountId}:root</Arn>
    <UserId>${accountId}</UserId>
    <Account>${accountId}</Account>
  </GetCallerIdentityResult>
  <ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>
</GetCallerIdentityResponse>`;
