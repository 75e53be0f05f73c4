import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request to the AWS control plane, body read. Path and query are as sent, still percent-encoded. */
export interface AwsRequest {
  /** In the answer's `x-amzn-requestid`, and in the bodies that have it too. */
  requestId: string;
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: Buffer;
  /** Lets an operation write its own answer (Bedrock's event streams). Works for HTTP/1.1 and h2c alike. */
  raw: { request: IncomingMessage; response: ServerResponse };
}

/** What an operation answers; `handled` when it has written to `raw.response` itself. */
export type AwsResponse =
  | { status: number; headers?: Record<string, string>; body: string | Buffer }
  | { handled: true };

/** A stand-in for one AWS service, reached by its SigV4 signing name. */
export interface AwsService {
  /** As in the credential scope of `Authorization`: `cognito-idp`, `apigateway`, `bedrock`, `kms`, … */
  readonly signingName: string;
  /** The operation's API name (`CreateApiKey`), for logs and fault switches; undefined when unknown. */
  operationName(request: AwsRequest): string | undefined;
  handle(request: AwsRequest): Promise<AwsResponse>;
}

/**
 * A service's modelled error. The services' own serializers turn it into their wire form
 * (`x-amzn-errortype` and `__type` for JSON protocols).
 */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(code: string, message: string, status = 400, headers: Record<string, string> = {}) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
    this.headers = headers;
  }
}
