import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');
const filesOf = (room: string) =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${room}/${name}`);

test('the words of Bedrock’s API stay in its folders of core and adapters', () => {
  const words = /Converse|InvokeModel|contentBlock[A-Z]|inferenceConfig|toolSpec|toolUse\b|messageStop/;
  const speakers = ['core', 'lambda', 'web']
    .flatMap(filesOf)
    .filter((file) => words.test(readFileSync(join(root, file), 'utf8')));
  expect(speakers.length).toBeGreaterThan(5);
  const own = /^(core\/providers|lambda\/adapters)\/bedrock\/|^lambda\/providers\.ts$/;
  expect(speakers.filter((file) => !own.test(file))).toEqual([]);
});
