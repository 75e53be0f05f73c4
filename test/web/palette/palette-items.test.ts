import { matchingGroups, type PaletteGroup } from '../../../web/palette/palette-items.ts';

const item = (label: string, about = '', otherWords = '') => ({
  id: label,
  label,
  about,
  otherWords,
  icon: (() => null) as never,
  run() {},
});
const groups: PaletteGroup[] = [
  { title: 'Screens', items: [item('API keys', 'Build'), item('Usage', 'Account')] },
  { title: 'Models', items: [item('nova-lite', 'Amazon'), item('nova-pro', 'Amazon')], onlySearched: true },
  { title: 'Docs', items: [item('Limits', 'Page', 'quota 429'), item('Quota and more')], onlySearched: true },
];
const found = (query: string) =>
  matchingGroups(groups, query).map(({ title, items }) => [title, items.map(({ label }) => label)]);

test('before anything is typed, only what is not too much is listed', () => {
  expect(found('  ')).toEqual([['Screens', ['API keys', 'Usage']]]);
});

test('every word must occur, in the label, beside it or in its other words', () => {
  expect(found('amazon lite')).toEqual([['Models', ['nova-lite']]]);
  expect(found('429')).toEqual([['Docs', ['Limits']]]);
  expect(found('nothing of this')).toEqual([]);
});

test('what begins with the words comes first', () => {
  expect(found('quota')).toEqual([['Docs', ['Quota and more', 'Limits']]]);
});

test('of a long group only the first are shown', () => {
  const many = { title: 'Many', items: Array.from({ length: 40 }, (_, index) => item(`call ${index}`)) };
  expect(matchingGroups([many], 'call')[0]?.items).toHaveLength(6);
});
