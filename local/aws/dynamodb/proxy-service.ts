import { crc32 } from 'node:zlib';
import type { Log } from '../../log.ts';
import type { AwsResponse, AwsService } from '../service.ts';
import type { Forwarder } from './forward.ts';

interface Dependencies {
  forwarder: Forwarder;
  engineUrl: () => URL | undefined;
  log: Log;
}

/** DynamoDB: every call goes to the engine and its answer back, byte for byte. */
export function createDynamoDbService({ forwarder, engineUrl, log }: Dependencies): AwsService {
  return {
    signingName: 'dynamodb',
    operationName({ headers }) {
      const target = headers['x-amz-target'];
      return typeof target === 'string' ? target.split('.')[1] : undefined;
    },
    async handle({ method, path, query, headers, body }) {
      const to = engineUrl();
      if (to === undefined) return internalServerError('The DynamoDB engine is being started again.');
      const search = query.toString();
      try {
        const answer = await forwarder.send(to, {
          method,
          path: search === '' ? path : `${path}?${search}`,
          headers,
          body,
        });
        return isUnexplained(answer.body) ? unknownOperation(headers['x-amz-target']) : answer;
      } catch (error) {
        log.detail('dynamodb', `no answer from the engine: ${String(error)}`);
        return internalServerError('The DynamoDB engine gave no answer.');
      }
    },
  };
}

/** The engine's whole answer to an operation that it doesn't have. */
const isUnexplained = (body: Buffer): boolean =>
  body.length < 100 && body.toString() === '{"__type":"com.amazon.coral.service#UnknownOperationException"}';

function unknownOperation(target: string | string[] | undefined): AwsResponse {
  const name = String(target).split('.')[1] ?? '';
  return jsonAnswer(400, {
    __type: 'com.amazon.coral.service#UnknownOperationException',
    message: `The local DynamoDB has no ${name}.`,
  });
}

/** As DynamoDB writes it: SDKs retry it, and the call may or may not have been applied. */
function internalServerError(message: string): AwsResponse {
  return jsonAnswer(500, { __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError', message });
}

function jsonAnswer(status: number, content: object): AwsResponse {
  const body = JSON.stringify(content);
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-crc32': String(crc32(body)) },
    body,
  };
}
