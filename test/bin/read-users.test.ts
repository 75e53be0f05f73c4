import { readUsers } from '../../bin/import/read-users.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const emails = (text: string, field = 'email') => readUsers(bytes(text), field).users;

const formats: [what: string, text: string, field?: string][] = [
  ['CSV', 'id,email\n1,ada@example.com\n2,Grace@Example.com\n'],
  [
    'CSV of Excel, with a byte order mark and CRLF',
    '\ufeffEmail,Name\r\nada@example.com,Ada\r\ngrace@example.com,Grace\r\n',
  ],
  [
    'CSV with quotes, commas and lines in cells',
    'name,email\n"L, A",ada@example.com\n"a ""b""\nc",grace@example.com\n',
  ],
  ['JSON lines', '{"email":"ada@example.com"}\n\n{"email":"grace@example.com"}\n'],
  ['a JSON list', '["ada@example.com",{"email":"grace@example.com"}]'],
  [
    'wrangler’s d1 execute --json',
    '[{"results":[{"email":"ada@example.com","password":"x"},{"email":"grace@example.com"}],"success":true}]',
  ],
  [
    'a scan of DynamoDB',
    '{"Items":[{"email":{"S":"ada@example.com"}},{"email":{"S":"grace@example.com"}}],"Count":2}',
  ],
  [
    'DynamoDB’s export to S3',
    '{"Item":{"email":{"S":"ada@example.com"}}}\n{"Item":{"email":{"S":"grace@example.com"}}}\n',
  ],
  [
    'API Gateway’s get-api-keys',
    '{"items":[{"id":"1","name":"ada@example.com"},{"id":"2","name":"grace@example.com"}]}',
    'name',
  ],
];

test.each(formats.map(([what, text, field = 'email']) => [what, text, field] as const))(
  'the addresses of %s are read, and nothing else',
  (_what, text, field) => {
    const users = emails(text, field);
    expect(users.map(({ email }) => email)).toEqual(['ada@example.com', 'grace@example.com']);
    expect(users.map((user) => Object.keys(user))).toEqual(users.map(() => ['line', 'email']));
  },
);

test('a user of CSV is named by the line of the file, whatever came before', () => {
  expect(emails('name,email\n"a\nb",ada@example.com\n\nc,grace@example.com\n')).toEqual([
    { line: 2, email: 'ada@example.com' },
    { line: 5, email: 'grace@example.com' },
  ]);
});

test('what is no address, comes twice or is missing is refused by its line', () => {
  const { users, refused } = readUsers(
    bytes(
      `email\nada@example.com\nADA@example.com \nada\n"a b"@example.com\n""\n${'a'.repeat(130)}@b.c\n${'a'.repeat(65)}@b.cd\n`,
    ),
    'email',
  );
  expect(users).toHaveLength(1);
  expect(refused.map(({ line, reason }) => [line, reason])).toEqual([
    [3, 'the same address as on line 2'],
    [4, 'not an e-mail address'],
    [5, 'not an e-mail address'],
    [7, 'longer than 128 characters'],
    [8, 'more than 64 characters before the @'],
  ]);
  expect(readUsers(bytes('{"email":null}\n{"email":"a@b.cd"}\n{"x":1}\n'), 'email').refused).toMatchObject([
    { line: 1, reason: 'no email' },
    { line: 3, reason: 'no email' },
  ]);
});

test.each<[RegExp, string | Uint8Array]>([
  [/empty/, ''],
  [/empty/, ' \n'],
  [/no users/, 'email\n'],
  [/UTF-16/, Buffer.from('\ufeffemail\na@b.cd\n', 'utf16le')],
  [/not UTF-8/, Buffer.from('email\nädä@example.com\n', 'latin1')],
  [/semicolons/, 'id;email\n1;ada@example.com\n'],
  [/tabs/, 'id\temail\n1\tada@example.com\n'],
  [/first line must name/, 'ada@example.com\ngrace@example.com\n'],
  [/no column 'email', but 'id', 'mail'/, 'id,mail\n1,ada@example.com\n'],
  [/Line 3 has 3 columns/, 'id,email\n1,a@b.cd\n1,2,3\n'],
  [/line 2 is not closed/, 'id,email\n"1,a@b.cd\n'],
  [/Line 2 is not JSON/, '{"email":"a@b.cd"}\n{"email":\n'],
  [/not JSON/, '[{"email":"a@b.cd"}'],
  [/neither a list/, '{"count":2}'],
  [/No row has the field 'email'/, '[{"mail":"a@b.cd"}]'],
  [/larger than 50 MB/, new Uint8Array(50 * 1024 * 1024 + 1)],
])('a file is refused with %p', (message, file) => {
  expect(() => readUsers(typeof file === 'string' ? bytes(file) : file, 'email')).toThrow(message);
});
