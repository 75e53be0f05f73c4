import type { Forwarder } from './forward.ts';

/** DynamoDB's error as it answered it. */
export class EngineError extends Error {
  /** Without its namespace: `ResourceNotFoundException`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = code;
    this.code = code;
  }
}

/** The few calls that the runtime itself needs, in DynamoDB's JSON protocol. */
export type CallEngine = <T>(operation: string, input: object) => Promise<T>;

export function createEngineClient(forwarder: Forwarder, url: () => URL | undefined): CallEngine {
  return async <T>(operation: string, input: object): Promise<T> => {
    const to = url();
    if (to === undefined) throw new EngineError('InternalServerError', 'The DynamoDB engine is not running.');
    const { status, body } = await forwarder.send(to, {
      method: 'POST',
      path: '/',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${operation}`,
        'x-amz-date': new Date().toISOString().replace(/[-:]|\.\d+/g, ''),
        // Emulators require a signature and don't verify it.
        authorization:
          'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
      },
      body: JSON.stringify(input),
    });
    const answer = JSON.parse(body.toString() || '{}') as T & { __type?: string; message?: string };
    if (status === 200) return answer;
    throw new EngineError(answer.__type?.split('#').at(-1) ?? `HTTP ${status}`, answer.message ?? operation);
  };
}
