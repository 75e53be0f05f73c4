import { passwordFault } from '../../../web/account/password-rules.ts';

test.each([
  ['Abcdefghijk1', undefined],
  ['Abcdefghij1', 'It still needs 12 characters or more.'],
  ['abcdefghijk1', 'It still needs an upper-case letter (A–Z).'],
  ['ÄBCDEFGHIJK1', 'It still needs a lower-case letter (a–z).'],
  ['Äbcdefghijk1', 'It still needs an upper-case letter (A–Z).'],
  ['Abcdefghijkl', 'It still needs a digit.'],
  ['abc', 'It still needs 12 characters or more, an upper-case letter (A–Z) and a digit.'],
  [' Abcdefghijk1', 'It must not begin or end with a space.'],
  ['Abc defghijk1', undefined],
])('%j is judged: %s', (password, fault) => {
  expect(passwordFault(password)).toBe(fault);
});
