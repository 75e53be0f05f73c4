import { pastedFiles } from '../../../../web/screens/playground/attachments/pasted-files.ts';

const picture = new File(['x'], 'image.png');
const pasted = (types: string[]) =>
  pastedFiles({ types, files: [picture] as unknown as FileList }).map(({ name }) => name);

test.each([
  ['a screenshot', ['Files']],
  ['a picture of a web page, which brings its HTML', ['text/html', 'Files']],
  ['a file from a file manager, which brings its name', ['text/plain', 'Files']],
])('%s is attached', (_, types) => {
  expect(pasted(types)).toEqual(['image.png']);
});

test('cells of a spreadsheet, which come with a picture of themselves, are pasted as text', () => {
  expect(pasted(['text/plain', 'text/html', 'text/rtf', 'Files'])).toEqual([]);
});
