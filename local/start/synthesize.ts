import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';

/** The sources of the assembly: files and folders, most of them in the project. */
const sources = [
  'bin',
  'lib',
  'core',
  'lambda',
  'web',
  // The pages of the docs that the console shows.
  'docs/guide',
  'docs/compatibility.md',
  'docs/errors.md',
  'docs/keys.md',
  'cdk.json',
  'cdk.context.json',
  'package.json',
  'package-lock.json',
  // What is installed, which may be something else than what the lock file says.
  'node_modules/.package-lock.json',
  'tsconfig.json',
];

/** Variables that the CDK command line, the app or the console's build look at, by how their names begin. */
const readVariables = /^(CDK_|VITE_|DAYPASS_SETTINGS$)/;

export const watchedFolders = ['bin', 'lib', 'core', 'lambda', 'web'];

interface SynthOptions {
  environment?: NodeJS.ProcessEnv;
  /**
   * Whether the template is held to the rules of CDK and cdk-nag, as a deployment's is. They take longer than the rest,
   * and find nothing that matters on this machine. @default false
   */
  underRules?: boolean;
}

/**
 * Synthesizes the app into `cdk.out` when its sources have changed since the last time.
 * @param root of the project
 * @param onStart called before the work begins, which takes a while
 * @returns the assembly's directory
 * @throws Error with the output of synth
 */
export async function synthesizeIfChanged(
  root: string,
  onStart: () => void,
  { environment = process.env, underRules = false }: SynthOptions = {},
): Promise<string> {
  const output = join(root, 'cdk.out');
  const stamp = join(output, 'sources.sha256');
  const hash = hashOf(root, environment);
  // With the output's own hash: `npx cdk deploy -c stage=dev` writes to the same place and leaves the stamp there.
  const isUpToDate = () => {
    if (!existsSync(stamp)) return false;
    const [made, written, rules] = readFileSync(stamp, 'utf8').split(' ');
    return made === hash && written === hashOfOutput(output) && (!underRules || rules === 'rules');
  };
  if (isUpToDate()) return output;
  onStart();
  for (let attempt = 1; !isUpToDate(); attempt += 1) {
    try {
      rmSync(stamp, { force: true });
      await synthesize(root, output, environment, underRules);
      writeFileSync(stamp, `${hash} ${hashOfOutput(output)} ${underRules ? 'rules' : 'without'}`);
    } catch (error) {
      // Another process is synthesizing, perhaps the same sources.
      if (!/currently synthing/.test(String(error)) || attempt === mostWaits) throw error;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
  return output;
}

const waitMs = 2000;
const mostWaits = 60;

function synthesize(
  root: string,
  output: string,
  env: NodeJS.ProcessEnv,
  underRules: boolean,
): Promise<void> {
  const cdk = join(root, 'node_modules/aws-cdk/bin/cdk');
  const validation = underRules ? {} : { CDK_VALIDATION: 'false' };
  // CDK is as large as all else together.
  const compiled = { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compiled') };
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [cdk, 'synth', '--quiet', '--output', output],
      { cwd: root, env: { ...compiled, ...env, ...validation }, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (error === null) resolve();
        else
          reject(
            new Error(`Synthesizing the stack failed:\n\n${withoutBundlerNoise(`${stderr}\n${stdout}`)}`),
          );
      },
    );
  });
}

/** esbuild lists every bundle, which would bury the mistake. */
function withoutBundlerNoise(text: string): string {
  const noise = /asset-output|bundling-temp|⚡ Done|Bundling asset|^\s*\.\.\.[0-9a-f]+|^\s*$/;
  return text
    .split('\n')
    .filter((line) => !noise.test(line))
    .map((line) => (line.length > 400 ? `${line.slice(0, 400)}…` : line))
    .join('\n')
    .trim();
}

/** The settings file that synth reads. */
export function settingsPath(root: string, environment: NodeJS.ProcessEnv): string {
  return resolve(root, environment.DAYPASS_SETTINGS ?? 'daypass.yml');
}

/** What is the operator's own, beside the settings file; it need not exist. */
export function siteFolder(root: string, environment: NodeJS.ProcessEnv): string {
  return join(dirname(settingsPath(root, environment)), 'site');
}

/** Changes whenever a synth would read something different. */
function hashOf(root: string, environment: NodeJS.ProcessEnv): string {
  const context = join(environment.HOME ?? homedir(), '.cdk.json');
  const variables = Object.entries(environment).filter(([name]) => readVariables.test(name));
  return createHash('sha256')
    .update(JSON.stringify(variables.toSorted()))
    .update(
      hashOfFiles(root, [
        ...sources.map((source) => join(root, source)),
        settingsPath(root, environment),
        siteFolder(root, environment),
        context,
      ]),
    )
    .digest('hex');
}

/** Of the manifest and templates; the assets that they name are named by their content. */
function hashOfOutput(output: string): string {
  const names = existsSync(output) ? readdirSync(output) : [];
  const leading = names.filter((name) => name === 'manifest.json' || name.endsWith('.template.json'));
  return hashOfFiles(
    output,
    leading.map((name) => join(output, name)),
  );
}

/** Of the names and contents of all existing files, also in folders. */
function hashOfFiles(root: string, paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of new Set(paths.flatMap(filesAt).toSorted()))
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex');
}

function filesAt(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
