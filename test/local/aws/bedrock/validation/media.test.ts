import { pdf, png } from '../media-fixture.ts';
import { assistant, expectAccepted, expectRefusal, runBedrock, text, user } from './refusal.ts';

runBedrock();

const modelId = 'amazon.nova-lite-v1:0';
const image = (bytes: Uint8Array, format = 'png') => ({ image: { format, source: { bytes } } });
const document = (name: string, bytes: Uint8Array = pdf, format = 'pdf') => ({
  document: { name, format, source: { bytes } },
});
const said = (...content: object[]) => ({ modelId, messages: [user(text('Look'), ...content)] });
const many = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, at) => make(at));
const dot = png(1, 1);

const nameRule = 'The document file name can only contain alphanumeric characters';

const refused: [name: string, change: object, message: string][] = [
  ['a document without text', { modelId, messages: [user(document('a'))] }, 'A text block must be included'],
  ['a document name with a dot', said(document('report.pdf')), nameRule],
  ['a document name with two spaces in a row', said(document('a  b')), nameRule],
  ['a document name with a wide space', said(document('a\u3000b')), nameRule],
  ['a document name of nothing', said(document('')), nameRule],
  [
    'two documents of one name',
    said(document('a'), document('a', Buffer.from('b'), 'txt')),
    "Messages can't contain duplicate document names.",
  ],
  [
    'six documents',
    said(...many(6, (index) => document(`d${index}`))),
    "You can't include more than 5 documents in a request.",
  ],
  ['a document of 4.6 MB', said(document('a', Buffer.alloc(4.6 * 1024 * 1024), 'txt')), '4.5 MB'],
  ['an invalid PDF', said(document('a', new Uint8Array([1, 2]))), 'The PDF specified was not valid.'],
  ['an invalid Word file', said(document('a', pdf, 'docx')), 'was not valid'],
  ['an invalid image', said(image(new Uint8Array([1]))), 'Could not process image'],
  [
    'an image of another format',
    said(image(dot, 'jpeg')),
    'using the image/jpeg media type, but the image appears to be a image/png image',
  ],
  ['an image format of its own', said(image(dot, 'bmp')), "Value 'bmp'"],
  ['an image of 3.8 MB', said(image(Buffer.alloc(3.8 * 1024 * 1024))), 'image exceeds 5 MB maximum'],
  ['an image too wide', said(image(png(8001, 1))), '8000 pixels'],
  ['21 images', said(...many(21, () => image(dot))), 'too many images and documents: 21 + 0 > 20'],
  [
    'an image by the assistant',
    { modelId, messages: [user(text('a')), assistant(image(dot))] },
    'of the role user',
  ],
  [
    'an image for a model of text',
    { ...said(image(dot)), modelId: 'amazon.nova-micro-v1:0' },
    "This model doesn't support the image content block that you provided.",
  ],
  [
    'a document for a model of text',
    { ...said(document('a')), modelId: 'openai.gpt-oss-20b-1:0' },
    "This model doesn't support the document content block that you provided.",
  ],
];

test.each(refused)('%s is refused', async (_name, change, message) => {
  await expectRefusal(change, message);
});

test('twenty images and five documents are accepted, with every character allowed in their names', async () => {
  const documents = many(4, (index) => document(`Report [${index}] (draft) - v_1`));
  const notes = { document: { name: 'notes', source: { text: 'One line' } } };
  await expectAccepted(said(...many(20, () => image(dot)), ...documents, notes));
});
