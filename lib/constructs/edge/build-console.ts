import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { type ISource, Source } from 'aws-cdk-lib/aws-s3-deployment';

const web = fileURLToPath(new URL('../../../web', import.meta.url));

/** The console, built at synth into the assembly as functions are, so that no command must run before. */
export function builtConsole(): ISource {
  return Source.asset(web, {
    // Hash the output, so that unchanged sources never cause a deployment.
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // CDK requires an image even if bundling never uses it.
      image: DockerImage.fromRegistry('scratch'),
      local: {
        tryBundle(outputDirectory) {
          build(outputDirectory);
          return true;
        },
      },
    },
  });
}

/** In a process of its own: synth is synchronous, and Vite isn't. */
function build(outputDirectory: string): void {
  const { status, error } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', `${web}/build/build.ts`, outputDirectory],
    { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, NODE_ENV: 'production' } },
  );
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error('The console could not be built; the reason stands above.');
}
