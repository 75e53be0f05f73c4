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

/**
 * Synthesizes a stack in this process, without bundling functions.
 * @param change what to do to the stack before
 * @throws Error with the findings of cdk-nag
 */
export function synth(
  props: { settings?: unknown; stage?: DaypassStackProps['stage'] },
  change: (stack: DaypassStack) => void = () => {},
): Template {
  const outdir = mkdtempSync(join(tmpdir(), 'daypass-synth-'));
  try {
    const app = new App({
      outdir,
      analyticsReporting: false,
      context: { ...cdkJson.context, 'aws:cdk:bundling-stacks': [] },
    });
    const stage = props.stage ?? 'prod';
    const name = stackNameOf(stage);
    const stack = new DaypassStack(app, name, { settings: readFile(props.settings ?? smallest), stage });
    change(stack);
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
    app.synth();
    return JSON.parse(readFileSync(join(outdir, `${name}.template.json`), 'utf8'));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
