import { fileDocument, toDocument, toImage } from '../../../../core/chat/request/inline-data.ts';

const base64 = Buffer.from('%PDF-1.7 a document of some length, so that its base64 is wrapped').toString(
  'base64',
);
const wrapped = `${base64.slice(0, 76)}\n${base64.slice(76)}`;

test.each([
  ['nothing', '', 'must not be empty'],
  ['lines', wrapped, 'must be base64 in one piece, without line breaks or spaces'],
  ['a space at the end', `${base64} `, 'must be base64 in one piece, without line breaks or spaces'],
  ['the kind for URLs', 'a_-b', 'must be base64 with + and /, not the URL-safe kind'],
  ['no padding', 'YWI', 'must be whole base64, padded with = to a multiple of 4 characters'],
  ['other characters', 'ab*=', 'must be base64'],
])('base64 with %s is refused by that name', (_, data, fault) => {
  const message = `field ${fault}.`;
  for (const read of [
    () => toDocument('application/pdf', 'a.pdf', data, 'field'),
    () => fileDocument(`data:application/pdf;base64,${data}`, 'a.pdf', 'field'),
    () => toImage(data, 'field'),
  ]) {
    expect(read).toThrow(expect.objectContaining({ code: 'invalid_request', param: 'field', message }));
  }
});

test('whole base64 is read', () => {
  expect(toDocument('application/pdf', 'a.pdf', base64, 'field').bytes).toEqual(
    Buffer.from(base64, 'base64'),
  );
});
