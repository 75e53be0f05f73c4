import { randomUUID } from 'node:crypto';
import type { RoutedService } from '../dispatch.ts';
import { AwsError, type AwsRequest } from '../service.ts';
import { getCallerIdentity } from './get-caller-identity.ts';

const headers = { 'content-type': 'text/xml' };

/** Just enough of STS for `aws sts get-caller-identity`, in its Query protocol. */
export function createSts({ accountId }: { accountId: string }): RoutedService {
  return {
    signingName: 'sts',
    operationName,
    async handle(request) {
      const operation = operationName(request);
      if (operation === 'GetCallerIdentity')
        return { status: 200, headers, body: getCallerIdentity(accountId) };
      throw new AwsError(
        'InvalidAction',
        `The local STS has no operation '${operation ?? ''}'; it has GetCallerIdentity.`,
      );
    },
    serializeError: (error) => ({
      status: error.status,
      headers: { ...headers, ...error.headers },
      body: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error>
  <Type>${error.status < 500 ? 'Sender' : 'Receiver'}</Type>
  <Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message>
</Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
    }),
  };
}

const operationName = (request: AwsRequest): string | undefined =>
  new URLSearchParams(request.body.toString('utf8')).get('Action') ??
  request.query.get('Action') ??
  undefined;

const escapeXml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
