import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { loadAssembly } from '../../../local/template/load-assembly.ts';
import { synthesize, temporaryDirectories } from './synthesize.ts';

const directories = temporaryDirectories();
afterAll(() => directories.removeAll());

let synthesized: string;

beforeAll(() => {
  synthesized = synthesize(directories.create(), oneResource);
});

function copyOfSynthesized(): string {
  const directory = directories.create();
  cpSync(synthesized, directory, { recursive: true });
  return directory;
}

const oneResource = (stack: Stack) => void new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });

describe('loading an assembly', () => {
  test('returns the stack name and template that CDK wrote', () => {
    const assembly = loadAssembly(synthesized);
    expect(assembly.stackName).toBe('Shop');
    expect(assembly.template.Resources.Topic).toMatchObject({ Type: 'AWS::SNS::Topic' });
  });

  test('a directory without an assembly says what to run', () => {
    expect(() => loadAssembly(join(directories.create(), 'cdk.out'))).toThrow(/run `npx cdk synth` first/);
  });

  test('two stacks are refused by name', () => {
    const outdir = directories.create();
    const app = new App({ outdir });
    oneResource(new Stack(app, 'First'));
    oneResource(new Stack(app, 'Second'));
    app.synth();
    expect(() => loadAssembly(outdir)).toThrow(/has 2 stacks \(First, Second\)/);
  });

  test('an app without a stack is refused', () => {
    const outdir = directories.create();
    new App({ outdir }).synth();
    expect(() => loadAssembly(outdir)).toThrow(/has no stack/);
  });

  test('a newer schema is refused with its version', () => {
    const outdir = copyOfSynthesized();
    const file = join(outdir, 'manifest.json');
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), version: '999.0.0' }));
    expect(() => loadAssembly(outdir)).toThrow(/newer CDK \(schema 999.0.0\)/);
  });

  test('an unreadable template is refused by file name', () => {
    const outdir = copyOfSynthesized();
    writeFileSync(join(outdir, 'Shop.template.json'), '{');
    expect(() => loadAssembly(outdir)).toThrow(/Shop.template.json: can't be read as JSON/);
  });

  test('a missing asset is refused by its key', () => {
    const { assets } = loadAssembly(synthesized);
    expect(() => assets.byObjectKey('nope.zip')).toThrow(/no asset nope.zip/);
  });
});
