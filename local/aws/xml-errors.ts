import type { AwsError, AwsResponse } from './service.ts';

type Answer = Exclude<AwsResponse, { handled: true }>;

/** As services of the Query protocol and the other REST services with XML write it. */
export const queryError = (error: AwsError, requestId: string): Answer =>
  xml(
    error,
    `<ErrorResponse><Error><Type>${error.status < 500 ? 'Sender' : 'Receiver'}</Type>${codeAndMessage(error)}</Error>` +
      `<RequestId>${requestId}</RequestId></ErrorResponse>`,
  );

export const s3Error = (error: AwsError, requestId: string): Answer =>
  xml(error, `<Error>${codeAndMessage(error)}<RequestId>${requestId}</RequestId></Error>`);

export const ec2Error = (error: AwsError, requestId: string): Answer =>
  xml(
    error,
    `<Response><Errors><Error>${codeAndMessage(error)}</Error></Errors><RequestID>${requestId}</RequestID></Response>`,
  );

const xml = (error: AwsError, root: string): Answer => ({
  status: error.status,
  headers: { 'content-type': 'text/xml', ...error.headers },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${root}`,
});

const codeAndMessage = ({ code, message }: AwsError): string =>
  `<Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message>`;

const escapeXml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
