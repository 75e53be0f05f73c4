import fc from 'fast-check';
import { toAnswerId } from '../../../../core/chat/metered-chat.ts';

test('an answer’s id is made from the request’s, without characters that a URL would escape', () => {
  expect(toAnswerId('GlUg2E1jIAMFxLg=')).toBe('GlUg2E1jIAMFxLg');
  expect(toAnswerId('Gl/g+E1jIAMFxLg=')).toBe('Gl_g-E1jIAMFxLg');
});

test('no two requests get the same answer id', () => {
  const id = fc.uint8Array({ minLength: 11, maxLength: 11 });
  fc.assert(
    fc.property(id, id, (one, other) => {
      const [first, second] = [one, other].map((bytes) => Buffer.from(bytes).toString('base64'));
      expect(toAnswerId(first ?? '')).toMatch(/^[\w-]{15}$/);
      expect(toAnswerId(first ?? '') === toAnswerId(second ?? '')).toBe(first === second);
    }),
  );
});
