import { smallest } from './settings-file.ts';
import { synth } from './synth.ts';
import { flat, grantsOf, onlyResource, resourcesOf, type Template } from './template.ts';

/** As docs/backup.md has the operator deploy them, one after another. */
const steps = [[1], [1, 2], [2, 1], [2]];
const settingsOf = (generations: number[]) => ({
  ...smallest,
  directCalls: 'off',
  rotation: { edgeSecrets: generations, sealingKeys: generations },
});
const templates = steps.map((generations) => synth({ settings: settingsOf(generations) }));
const pairs = templates.slice(1).map((next, at) => [templates[at] as Template, next] as const);

/** What CloudFront sends to the API, as a reference to the secret. */
function sent(template: Template): string[] {
  const { Properties } = onlyResource(template, 'AWS::CloudFront::Distribution');
  // biome-ignore lint/suspicious/noExplicitAny: as CloudFormation has it
  const origins: any[] = Properties.DistributionConfig.Origins;
  return origins.flatMap(({ OriginCustomHeaders = [] }) =>
    OriginCustomHeaders.map(({ HeaderValue }: { HeaderValue: unknown }) => flat(HeaderValue)),
  );
}

/** Everything that compares it, each with the values that it takes. */
function takers(template: Template): string[][] {
  const stage = onlyResource(template, 'AWS::ApiGateway::Stage').Properties.Variables.edgeProof;
  const policy = onlyResource(template, 'AWS::ApiGateway::RestApi').Properties.Policy.Statement[0].Condition;
  const acl = onlyResource(template, 'AWS::WAFv2::WebACL').Properties.Rules.map((rule: unknown) =>
    searched(rule),
  );
  return [flat(stage).split(','), [policy.StringEquals['aws:Referer']].flat().map(flat), ...acl];
}

function searched(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'SearchString' ? [flat(inner)] : searched(inner),
  );
}

test('whichever part of a deploy comes first, what CloudFront sends is taken everywhere', () => {
  for (const [before, after] of pairs) {
    for (const value of [...sent(before), ...sent(after)])
      for (const taken of [...takers(before), ...takers(after)]) expect(taken).toContain(value);
  }
});

test('at the end another secret is sent, and the first is taken nowhere', () => {
  const [first, last] = [templates[0] as Template, templates.at(-1) as Template];
  const [old] = sent(first);
  expect(sent(last)).not.toContain(old);
  expect(takers(last).flat()).not.toContain(old);
});

test('an operator who changes nothing keeps the secret and the key that they have', () => {
  const [first] = templates;
  expect([
    ...resourcesOf(synth({ settings: { ...smallest, directCalls: 'off' } }), 'AWS::KMS::Key').keys(),
  ]).toEqual([...resourcesOf(first as Template, 'AWS::KMS::Key').keys()]);
});

test('while one sealing key replaces another, the first seals and functions open what either has sealed', () => {
  const [, both, swapped] = templates as [Template, Template, Template, Template];
  for (const template of [both, swapped]) {
    const opened = grantsOf(template, 'one-time-messages').filter(({ action }) => action === 'kms:Decrypt');
    expect(new Set(opened.map(({ resource }) => resource)).size).toBe(2);
  }
  const keyOf = (template: Template) =>
    [...resourcesOf(template, 'AWS::Lambda::Function').values()]
      .map(({ Properties }) => Properties.Environment?.Variables?.SEALING_KEY_ID)
      .find((id) => id !== undefined);
  expect(flat(keyOf(both))).not.toBe(flat(keyOf(swapped)));
});

test('sealing keys are kept when they leave the stack', () => {
  for (const { DeletionPolicy } of resourcesOf(templates[1] as Template, 'AWS::KMS::Key').values())
    expect(DeletionPolicy).toBe('Retain');
});
