import { localPort, Mistake, place, portOf, readArguments } from '../../bin/command.ts';

const shape = {
  help: '',
  options: { 'dry-run': { type: 'boolean', default: false }, ...place },
  names: ['FILE'],
} as const;

test('options and what is named are read, with defaults', () => {
  expect(readArguments(shape, ['a.csv', '--local', '--port', '5000'])).toEqual({
    values: { 'dry-run': false, stack: 'Daypass', local: true, port: '5000' },
    named: ['a.csv'],
  });
});

test('what begins with a hyphen is given by = or behind --', () => {
  expect(readArguments(shape, ['--stack=-x', '--', '-file'])).toMatchObject({
    values: { stack: '-x' },
    named: ['-file'],
  });
});

test.each(['--help', '-h'])('%s needs nothing else', (option) => {
  expect(readArguments(shape, [option])).toBe('help');
});

test('more may follow where a command takes it', () => {
  const read = readArguments({ ...shape, takesMore: true }, ['a', 'b', 'c']);
  expect(read).toMatchObject({ named: ['a', 'b', 'c'] });
});

test.each([
  [['f', '--dry'], "There is no option '--dry'."],
  [['f', '--constructor'], "There is no option '--constructor'."],
  [['f', '--no-local'], "There is no option '--no-local'."],
  [['f', '-x'], "There is no option '-x'."],
  [['--help', '--dry'], "There is no option '--dry'."],
  [['f', '--stack'], '--stack needs a value.'],
  [['f', '--stack='], '--stack needs a value.'],
  [['f', '--stack', '--local'], '--stack needs a value.'],
  [['f', '--local=4000'], '--local takes no value.'],
  [['f', 'g'], "'g' is not expected here."],
  [['f', ''], "'' is not expected here."],
  [[], 'FILE is missing.'],
])('%j is refused by name', (args, words) => {
  const read = () => readArguments(shape, args);
  expect(read).toThrow(new Mistake(`${words} See --help.`));
  expect(read).toThrow(Mistake);
});

test.each(['abc', '0', '-1', '4000.5', '65535', ''])('the port %j is refused', (port) => {
  const words = `The port '${port}' is not possible: choose a number from 1 to 64969.`;
  expect(() => portOf({ local: true, port })).toThrow(new Mistake(words));
  expect(() => localPort(port)).toThrow(Mistake);
});

test('without --local it is AWS, and a port a mistake', () => {
  expect(portOf({ local: false })).toBeUndefined();
  expect(portOf({ local: true, port: '64969' })).toBe(64_969);
  expect(() => portOf({ local: false, port: '4000' })).toThrow(
    new Mistake('--port goes with --local. See --help.'),
  );
});
