import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { DaypassStack, type DaypassStackProps } from '../../lib/daypass-stack.ts';
import { stackNameOf } from '../../lib/stage.ts';
import { readFile, smallest } from './settings-file.ts';
import type { Template } from './template.ts';

const cdkJson = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'));

interface SynthProps {
  settings?: unknown;
  stage?: DaypassStackProps['stage'];
  /** @default none: the template is for any account and Region */
  env?: DaypassStackProps['env'];
}

/** As text, so that no test changes another's. */
const made = new Map<string, string>();

/**
 * Synthesizes a stack in this process, without bundling functions; once for the same settings. It applies no rules: CDK's
 * and cdk-nag's take five times as long as the rest, and template-validation.test.ts applies them to all there is.
 */
export function synth(props: SynthProps): Template {
  const asked = JSON.stringify(props);
  const text = made.get(asked) ?? synthesize(props, () => {});
  made.set(asked, text);
  return JSON.parse(text);
}

/**
 * Synthesizes a stack as the app does, under the rules of CDK and cdk-nag.
 * @param change what to do to the stack before
 * @throws Error with the rules' findings
 */
export function synthUnderRules(
  props: SynthProps,
  change: (stack: DaypassStack) => void = () => {},
): Template {
  return JSON.parse(synthesize(props, change, true));
}

function synthesize(props: SynthProps, change: (stack: DaypassStack) => void, underRules = false): string {
  const outdir = mkdtempSync(join(tmpdir(), 'daypass-synth-'));
  try {
    if (!underRules) process.env.CDK_VALIDATION = 'false';
    const app = new App({
      outdir,
      analyticsReporting: false,
      context: {
        ...cdkJson.context,
        'aws:cdk:bundling-stacks': [],
      },
    });
    const stage = props.stage ?? 'prod';
    const name = stackNameOf(stage);
    const stack = new DaypassStack(app, name, {
      settings: readFile(props.settings ?? smallest),
      stage,
      ...(props.env !== undefined && { env: props.env }),
    });
    change(stack);
    if (underRules) Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
    app.synth();
    return readFileSync(join(outdir, `${name}.template.json`), 'utf8');
  } finally {
    delete process.env.CDK_VALIDATION;
    rmSync(outdir, { recursive: true });
  }
}
