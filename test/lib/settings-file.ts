import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { readSettings, type Settings } from '../../lib/settings.ts';

/** The least a settings file can say. */
export const smallest = {
  plans: [{ name: 'small', requestsPerDay: 10 }],
  models: [
    {
      name: 'nova-lite',
      provider: 'bedrock',
      modelId: 'amazon.nova-lite-v1:0',
      contextTokens: 300_000,
      maxOutputTokens: 5000,
      pricePerMillionTokens: { input: 0.06, output: 0.24 },
    },
  ],
};

/** @param file its text, or an object to be written as YAML */
export function readFile(file: unknown): Settings {
  const directory = mkdtempSync(join(tmpdir(), 'daypass-settings-'));
  try {
    const path = join(directory, 'daypass.yml');
    writeFileSync(path, typeof file === 'string' ? file : stringify(file));
    return readSettings(path);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The lines that tell a file's mistakes, without the heading; a file that reads well has none. */
export function mistakesOf(file: unknown): string[] {
  try {
    readFile(file);
  } catch (error) {
    return (error as Error).message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
  return [];
}

export function somePlan(fields: Record<string, unknown>) {
  return { ...smallest, plans: [{ ...smallest.plans[0], ...fields }] };
}

export function someModel(fields: Record<string, unknown>) {
  return { ...smallest, models: [{ ...smallest.models[0], ...fields }] };
}
