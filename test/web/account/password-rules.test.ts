import { newPasswordByRules, passwordFault } from '../../../web/account/password-rules.ts';

test.each([
  ['Abcdefghijk1', undefined],
  ['Abcdefghij1', 'It still needs 12 characters or more.'],
  ['abcdefghijk1', 'It still needs an upper-case letter (A–Z).'],
  ['ÄBCDEFGHIJK1', 'It still needs a lower-case letter (a–z).'],
  ['Äbcdefghijk1', 'It still needs an upper-case letter (A–Z).'],
  ['Abcdefghijkl', 'It still needs a digit.'],
  ['abc', 'It still needs 12 characters or more, an upper-case letter (A–Z) and a digit.'],
  ['Abc defghijk1', undefined],
])('%j is judged: %s', (password, fault) => {
  expect(passwordFault(password)).toBe(fault);
});

test.each([' Abcdefghijk1', 'Abcdefghijk1 ', ' abc'])('%j is told of its space first', (password) => {
  expect(newPasswordByRules.safeParse(password).error?.issues[0]?.message).toMatch(
    /^must not begin or end with a space/,
  );
});
