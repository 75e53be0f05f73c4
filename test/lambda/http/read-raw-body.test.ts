import { readRawBody } from '../../../lambda/http/read-raw-body.ts';
import { proxyEvent } from './proxy-event.ts';

const text = '{ "a":  "é – 漢字 😀" }\r\n';

test('the bytes are those that were sent, whether API Gateway hands them on as text or in base64', () => {
  const sent = Buffer.from(text);
  expect(readRawBody(proxyEvent({ body: text }), 1000)).toEqual(sent);
  expect(readRawBody(proxyEvent({ body: sent.toString('base64'), isBase64Encoded: true }), 1000)).toEqual(
    sent,
  );
  expect(readRawBody(proxyEvent({ body: null }), 1000)).toEqual(Buffer.of());
});

test('bytes that are no text stay as they are', () => {
  const sent = Buffer.from([0, 255, 128, 10]);
  expect(readRawBody(proxyEvent({ body: sent.toString('base64'), isBase64Encoded: true }), 4)).toEqual(sent);
});

test('as many as allowed pass, and one more is too large', () => {
  expect(readRawBody(proxyEvent({ body: 'é' }), 2)).toHaveLength(2);
  expect(() => readRawBody(proxyEvent({ body: 'éa' }), 2)).toThrow(
    expect.objectContaining({ code: 'payload_too_large' }),
  );
});
