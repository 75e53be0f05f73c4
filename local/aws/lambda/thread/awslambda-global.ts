import type { ResponseStream } from './response-stream.ts';

const streamingMark = Symbol.for('aws.lambda.runtime.handler.streaming');
const highWaterMarkMark = Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark');
const httpIntegration = 'application/vnd.awslambda.http-integration-response';

export interface LoadedFunction {
  // biome-ignore lint/complexity/noBannedTypes: a user's export, of unknown signature
  call: Function & { [streamingMark]?: unknown; [highWaterMarkMark]?: unknown };
}

/** Defines `awslambda` as AWS's Node.js runtime does, before the bundle loads. */
export function defineAwslambda(): void {
  Object.defineProperty(globalThis, 'awslambda', {
    configurable: true,
    writable: true,
    value: {
      streamifyResponse(handler: LoadedFunction['call'], options?: { highWaterMark?: unknown }) {
        handler[streamingMark] = 'response';
        if (typeof options?.highWaterMark === 'number') handler[highWaterMarkMark] = options.highWaterMark;
        return handler;
      },
      HttpResponseStream: {
        from(stream: ResponseStream, prelude: unknown) {
          stream.setContentType(httpIntegration);
          const json = JSON.stringify(prelude);
          stream._onBeforeFirstWrite = (write) => {
            write(json);
            write(new Uint8Array(8));
          };
          return stream;
        },
      },
    },
  });
}

export const isStreaming = (handler: LoadedFunction['call']) => handler[streamingMark] === 'response';

export function highWaterMarkOf(handler: LoadedFunction['call']): number | undefined {
  const mark = handler[highWaterMarkMark];
  return typeof mark === 'number' ? mark : undefined;
}
